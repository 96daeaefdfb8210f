//! Generates serde, the traits of k8s-openapi and lists for API types.
