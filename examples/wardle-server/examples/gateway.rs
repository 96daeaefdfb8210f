//! Serves the kinds of the Gateway API.

use std::process::ExitCode;

fn main() -> ExitCode {
    kgen_apiserver::cli::main(gateway::generated::api())
}
