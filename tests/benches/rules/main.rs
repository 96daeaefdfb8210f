//! What it costs to validate an object with generated code, against the schema of its definition and against an engine
//! for CEL that evaluates the rules of that schema. Generated code does not evaluate rules in CEL.
//!
//! `cargo bench -p kgen-benches` measures each with criterion and then prints the ratios, all of one process. Reading
//! the object, compiling the schema and the rules, and making values for the engine are not measured.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use gateway::v1::http_route::HttpRoute;
use jsonschema::{Draft, Validator};
use kgen::Defaults;
use kgen::serde_json::{self, Value};
use kgen::validation::{Operation, validate};

#[path = "../../rules/cel_value.rs"]
mod cel_value;
mod engine;
mod route;

use engine::Rules;

const DEFINITION: &str =
    include_str!("../../../examples/gateway/src/generated/v1/httproutes.gateway.networking.k8s.io.json");

const ROUNDS: u32 = 500;

fn main() {
    let schema = schema();
    let validator = validator(&schema);
    let route = read(&route::valid());
    let object = written(&route);
    let rules = Rules::of(&schema, &object);
    assert_all_accept(&route, &validator, &object, &rules);
    assert_broken_is_refused(&schema, &validator);

    let mut criterion = Criterion::default().sample_size(50).configure_from_args();
    criterion.bench_function("validate a route", |bencher| bencher.iter(|| is_valid(&route)));
    criterion.bench_function("a route against its schema", |bencher| {
        bencher.iter(|| validator.is_valid(black_box(&object)));
    });
    criterion.bench_function("the rules of a route in CEL", |bencher| bencher.iter(|| rules.hold()));
    criterion.final_summary();
    println!("a route of {} bytes of JSON; {rules}", object.to_string().len());
    let plain = Rules::of(&schema, &object).without_patterns();
    println!("without patterns: {plain}");
    let native = time(|| is_valid(&route));
    let schema = time(|| validator.is_valid(black_box(&object)));
    ratio("jsonschema", native, schema);
    ratio("CEL", native, time(|| rules.hold()));
    ratio("CEL without patterns", native, time(|| plain.hold()));
}

/// What a check takes, one after the other, so that none finds the caches as another left them.
fn time(check: impl Fn() -> bool) -> Duration {
    let start = Instant::now();
    for _ in 0..ROUNDS {
        assert!(black_box(check()), "what is measured is valid");
    }
    start.elapsed() / ROUNDS
}

/// Prints what native validation costs against what else there is.
fn ratio(what: &str, native: Duration, other: Duration) {
    let ratio = native.as_secs_f64() / other.as_secs_f64();
    println!(
        "native against {what}: {} ns against {} ns, ratio {ratio:.4}",
        native.as_nanos(),
        other.as_nanos()
    );
}

fn is_valid(route: &HttpRoute) -> bool {
    validate(black_box(route), None, &Operation::create()).is_ok()
}

/// The schema of the version whose types are measured.
fn schema() -> Value {
    let definition: Value = serde_json::from_str(DEFINITION).unwrap_or_else(|error| panic!("{error}"));
    let mut versions = definition["spec"]["versions"].as_array().into_iter().flatten();
    let version = versions.find(|version| version["name"] == "v1");
    version.expect("the definition has v1")["schema"]["openAPIV3Schema"].clone()
}

fn validator(schema: &Value) -> Validator {
    let options = jsonschema::options()
        .with_draft(Draft::Draft4)
        .should_validate_formats(true);
    options.build(schema).unwrap_or_else(|error| panic!("{error}"))
}

/// The object as a server reads it, with its defaults, which the rules ask for.
fn read(object: &Value) -> HttpRoute {
    let json = object.to_string();
    let mut route: HttpRoute = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}"));
    route.set_defaults();
    route
}

fn written(route: &HttpRoute) -> Value {
    serde_json::to_value(route).unwrap_or_else(|error| panic!("{error}"))
}

fn assert_all_accept(route: &HttpRoute, validator: &Validator, object: &Value, rules: &Rules) {
    validate(route, None, &Operation::create()).unwrap_or_else(|errors| panic!("{errors}"));
    validator.validate(object).unwrap_or_else(|error| panic!("{error}"));
    assert!(rules.hold(), "{:#?} do not hold", rules.broken());
}

/// What finds nothing wrong with a broken object would be measured at doing nothing.
fn assert_broken_is_refused(schema: &Value, validator: &Validator) {
    let against_schema = read(&route::with_empty_header());
    assert!(!is_valid(&against_schema), "an empty header is refused");
    assert!(
        !validator.is_valid(&written(&against_schema)),
        "the schema refuses an empty header"
    );
    let against_rule = read(&route::with_relative_path());
    let rules = Rules::of(schema, &written(&against_rule));
    assert!(!rules.hold(), "the rules refuse a relative path");
}
