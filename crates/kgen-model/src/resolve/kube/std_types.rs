//! Types of std and of other crates that have a schema in schemars.

use crate::literal::Literal;
use crate::schemars::Fixed;

/// Containers that schemars looks through, and those that it knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    Same,
    Option,
    List,
    Set,
    Map,
}

/// The container that a path names.
pub(super) fn container(path: &[&str]) -> Option<Container> {
    Some(match path {
        ["Box"]
        | ["std" | "alloc", "boxed", "Box"]
        | ["std" | "alloc", "sync", "Arc"]
        | ["std" | "alloc", "rc", "Rc"]
        | ["std" | "alloc", "borrow", "Cow"]
        | ["std" | "core", "cell", "Cell" | "RefCell"]
        | ["std" | "core", "num", "Wrapping"]
        | ["std" | "core", "cmp", "Reverse"]
        | ["std", "sync", "Mutex" | "RwLock"] => Container::Same,
        ["Option"] | ["std" | "core", "option", "Option"] => Container::Option,
        ["Vec"]
        | ["std" | "alloc", "vec", "Vec"]
        | ["std" | "alloc", "collections", "VecDeque" | "LinkedList" | "BinaryHeap"]
        | ["smallvec", "SmallVec"] => Container::List,
        ["std" | "alloc", "collections", "BTreeSet"] | ["std", "collections", "HashSet"] | ["indexmap", "IndexSet"] => {
            Container::Set
        }
        ["std" | "alloc", "collections", "BTreeMap"]
        | ["std", "collections", "HashMap"]
        | ["serde_json", "Map"]
        | ["indexmap", "IndexMap"] => Container::Map,
        _ => return None,
    })
}

/// The schema of a type without elements.
pub(super) fn fixed(path: &[&str]) -> Option<Fixed> {
    let name = path.last().copied().unwrap_or_default();
    Some(match path {
        [primitive] => return self::primitive(primitive),
        ["std" | "alloc", "string", "String"] => return primitive("String"),
        ["std", "path", "PathBuf" | "Path"] => string(None, Some("")),
        ["std" | "core", "net", "Ipv4Addr"] => string(Some("ipv4"), None),
        ["std" | "core", "net", "Ipv6Addr"] => string(Some("ipv6"), None),
        ["std" | "core", "net", "IpAddr"] => string(Some("ip"), None),
        ["std" | "core", "net", "SocketAddr" | "SocketAddrV4" | "SocketAddrV6"] => string(None, None),
        ["std" | "core", "time", "Duration"] => seconds("secs", "nanos", true),
        ["std", "time", "SystemTime"] => seconds("secs_since_epoch", "nanos_since_epoch", false),
        ["std" | "core", "num", _] => return nonzero(name),
        ["std" | "core", "sync", "atomic", atomic] => return self::atomic(atomic),
        ["serde_json", "Number"] => plain("number", None, None),
        ["chrono", .., "DateTime"] => string(Some("date-time"), None),
        ["chrono", .., "NaiveDate"] => string(Some("date"), None),
        ["chrono", .., "NaiveDateTime"] => string(Some("partial-date-time"), None),
        ["chrono", .., "NaiveTime"] => string(Some("partial-time"), None),
        ["jiff", "Timestamp"] => string(Some("date-time"), None),
        ["jiff", "Zoned"] => string(Some("zoned-date-time"), None),
        ["jiff", "Span" | "SignedDuration"] => string(Some("duration"), None),
        ["jiff", "civil", "Date"] => string(Some("date"), None),
        ["jiff", "civil", "Time"] => string(Some("partial-time"), None),
        ["jiff", "civil", "DateTime"] => string(Some("partial-date-time"), None),
        ["url", "Url"] => string(Some("uri"), None),
        ["uuid", "Uuid"] => string(Some("uuid"), Some("00000000-0000-0000-0000-000000000000")),
        ["kube", "core", "Duration"] | ["kube_core", "Duration"] => string(None, None),
        _ => return None,
    })
}

fn primitive(name: &str) -> Option<Fixed> {
    Some(match name {
        "String" | "str" => string(None, Some("")),
        "bool" => plain("boolean", None, Some(Literal::Bool(false))),
        "f32" => plain("number", Some("float"), Some(Literal::Float(0.0))),
        "f64" => plain("number", Some("double"), Some(Literal::Float(0.0))),
        "char" => {
            let bounds = [("minLength", Literal::Int(1)), ("maxLength", Literal::Int(1))];
            with(string(None, None), bounds)
        }
        _ => return integer(name),
    })
}

fn integer(name: &str) -> Option<Fixed> {
    let (format, minimum, maximum): (&str, Option<i128>, Option<i128>) = match name {
        "i8" => ("int8", Some(i8::MIN.into()), Some(i8::MAX.into())),
        "i16" => ("int16", Some(i16::MIN.into()), Some(i16::MAX.into())),
        "i32" => ("int32", None, None),
        "i64" => ("int64", None, None),
        "i128" => ("int128", None, None),
        "isize" => ("int", None, None),
        "u8" => ("uint8", Some(0), Some(u8::MAX.into())),
        "u16" => ("uint16", Some(0), Some(u16::MAX.into())),
        "u32" => ("uint32", Some(0), None),
        "u64" => ("uint64", Some(0), None),
        "u128" => ("uint128", Some(0), None),
        "usize" => ("uint", Some(0), None),
        _ => return None,
    };
    let bounds = [("minimum", minimum), ("maximum", maximum)];
    let bounds = bounds
        .into_iter()
        .filter_map(|(name, value)| Some((name, Literal::Int(value?))));
    Some(with(plain("integer", Some(format), Some(Literal::Int(0))), bounds))
}

fn nonzero(name: &str) -> Option<Fixed> {
    let primitive = name.strip_prefix("NonZero")?.to_ascii_lowercase();
    let fixed = Fixed {
        default: None,
        ..integer(&primitive)?
    };
    let not_zero = ("not", object([("const", Literal::Int(0))]));
    Some(match primitive.starts_with('u') {
        true => with(fixed, [("minimum", Literal::Int(1))]),
        false => with(fixed, [not_zero]),
    })
}

fn atomic(name: &str) -> Option<Fixed> {
    primitive(&name.strip_prefix("Atomic")?.to_ascii_lowercase())
}

/// A span or point of time that is written as an object.
fn seconds(whole: &str, fraction: &str, has_default: bool) -> Fixed {
    let part = |ty| integer(ty).map_or(Literal::Null, |fixed| fixed.schema);
    let required = [whole, fraction].map(Literal::from).to_vec();
    let schema = object([
        ("type", Literal::from("object")),
        ("required", Literal::List(required)),
        ("properties", object([(whole, part("u64")), (fraction, part("u32"))])),
    ]);
    let zero = object([(whole, Literal::Int(0)), (fraction, Literal::Int(0))]);
    Fixed {
        schema,
        default: has_default.then_some(zero),
    }
}

fn string(format: Option<&str>, default: Option<&str>) -> Fixed {
    plain("string", format, default.map(Literal::from))
}

fn plain(type_: &str, format: Option<&str>, default: Option<Literal>) -> Fixed {
    let members = [
        Some(("type", Literal::from(type_))),
        format.map(|format| ("format", Literal::from(format))),
    ];
    Fixed {
        schema: object(members.into_iter().flatten()),
        default,
    }
}

fn with<'a>(mut fixed: Fixed, members: impl IntoIterator<Item = (&'a str, Literal)>) -> Fixed {
    if let Literal::Object(schema) = &mut fixed.schema {
        schema.extend(members.into_iter().map(|(name, value)| (name.to_owned(), value)));
    }
    fixed
}

/// An object with these members.
pub(super) fn object<'a>(members: impl IntoIterator<Item = (&'a str, Literal)>) -> Literal {
    Literal::Object(
        members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}
