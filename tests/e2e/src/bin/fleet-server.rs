//! Serves the fleet of the examples, whose kinds have what those of the sample API lack: status, scale, columns, short
//! names and categories.

use std::process::ExitCode;

use kgen_apiserver::Api;

fn main() -> ExitCode {
    let documents = [
        (
            "apis/fleet.example.com/v1beta1",
            &include_bytes!("../../../../examples/fleet/openapi/v3/apis/fleet.example.com/v1beta1.json")[..],
        ),
        (
            "apis/fleet.example.com/v1",
            &include_bytes!("../../../../examples/fleet/openapi/v3/apis/fleet.example.com/v1.json")[..],
        ),
        (
            "apis/telemetry.fleet.example.com/v1",
            &include_bytes!("../../../../examples/fleet/openapi/v3/apis/telemetry.fleet.example.com/v1.json")[..],
        ),
    ];
    let api =
        Api::new(fleet::generated::scheme()).openapi_v2(include_bytes!("../../../../examples/fleet/openapi/v2.json"));
    let api = documents
        .into_iter()
        .fold(api, |api, (path, json)| api.openapi_v3(path, json));
    kgen_apiserver::cli::main(api)
}
