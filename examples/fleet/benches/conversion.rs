//! What it costs to convert an object, against what servers without native types do: write it as JSON, and read the JSON
//! as the other version.
//!
//! `cargo bench -p fleet` measures each with criterion and then prints the ratios, all of one process.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BatchSize, Criterion};
use fleet::{v1, v1beta1};
use kgen::conversion::ConvertFrom;
use kgen::serde_json;

const ROUNDS: usize = 20_000;

fn main() {
    let (robot, mission) = (robot(), mission());
    let mut criterion = Criterion::default().sample_size(50).configure_from_args();
    criterion.bench_function("convert a robot", |bencher| {
        bencher.iter_batched(
            || robot.clone(),
            to_hub::<v1beta1::Robot, v1::Robot>,
            BatchSize::SmallInput,
        );
    });
    criterion.bench_function("a robot through JSON", |bencher| bencher.iter(|| through_json(&robot)));
    criterion.bench_function("convert a mission", |bencher| {
        bencher.iter_batched(
            || mission.clone(),
            to_hub::<v1beta1::Mission, v1::Mission>,
            BatchSize::SmallInput,
        );
    });
    criterion.bench_function("a mission through JSON", |bencher| {
        bencher.iter(|| through_json(&mission))
    });
    criterion.final_summary();
    ratio(
        "robot, renamed and moved fields",
        &robot,
        to_hub::<v1beta1::Robot, v1::Robot>,
    );
    ratio(
        "mission, the same fields",
        &mission,
        to_hub::<v1beta1::Mission, v1::Mission>,
    );
}

fn to_hub<V, H: ConvertFrom<V>>(version: V) -> H {
    H::convert_from(version).unwrap_or_else(|error| panic!("{error}"))
}

/// The object as JSON, and that JSON as an object.
fn through_json<T: serde::Serialize + serde::de::DeserializeOwned>(object: &T) -> T {
    let json = serde_json::to_vec(black_box(object)).unwrap_or_else(|error| panic!("{error}"));
    serde_json::from_slice(&json).unwrap_or_else(|error| panic!("{error}"))
}

/// Prints what conversion costs against the way through JSON. Copies that are made to be consumed do not count.
fn ratio<V, H>(what: &str, object: &V, convert: fn(V) -> H)
where
    V: Clone + serde::Serialize + serde::de::DeserializeOwned,
{
    let mut converted = Duration::ZERO;
    let mut through = Duration::ZERO;
    for _ in 0..ROUNDS {
        let copy = object.clone();
        let start = Instant::now();
        let hub = convert(black_box(copy));
        converted += start.elapsed();
        drop(black_box(hub));
        let start = Instant::now();
        let read = through_json(object);
        through += start.elapsed();
        drop(black_box(read));
    }
    let rounds = u32::try_from(ROUNDS).unwrap_or(u32::MAX);
    let ratio = converted.as_secs_f64() / through.as_secs_f64();
    println!(
        "{what}: {:?} against {:?}, ratio {ratio:.4}",
        converted / rounds,
        through / rounds
    );
}

fn robot() -> v1beta1::Robot {
    let mut robot = v1beta1::Robot::default();
    robot.metadata.name = Some("mule-17".to_owned());
    robot.metadata.labels = Some(
        (0..8)
            .map(|index| (format!("label-{index}"), "value".to_owned()))
            .collect(),
    );
    (robot.spec.chassis_name, robot.spec.max_speed) = ("mule".to_owned(), 1200);
    robot.spec.home = Some(Default::default());
    robot
}

fn mission() -> v1beta1::Mission {
    let mut mission = v1beta1::Mission::default();
    mission.metadata.name = Some("deliver".to_owned());
    mission.spec.greetings = (0..8).map(|index| format!("greeting {index}")).collect();
    mission.spec.barcodes = (0..100).map(|index| format!("{index:032}")).collect();
    mission
}
