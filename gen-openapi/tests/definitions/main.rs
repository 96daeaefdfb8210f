//! Definitions that go through the model and come out again: the same documents as data.

mod common;
mod copies;
mod errors;
mod kinds;
mod schemas;
mod types;

/// A definition whose spec has these properties.
pub(crate) fn with_spec(properties: &str) -> String {
    format!(
        "apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: orders.shop.example.com
spec:
  group: shop.example.com
  names: {{kind: Order, plural: orders}}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            apiVersion: {{type: string}}
            kind: {{type: string}}
            metadata: {{type: object}}
            spec:
              type: object
              properties: {properties}
"
    )
}
