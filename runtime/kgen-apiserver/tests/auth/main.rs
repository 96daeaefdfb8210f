//! Who is let in, and who may do what: over TLS, with a small main API server that reviews tokens and access.

mod authority;
mod client;
mod gate;
mod main_server;

mod access_reviews;
mod certificates;
mod front_proxy;
mod impersonation;
mod kubeconfig;
mod metrics;
mod serving;
mod token_reviews;
