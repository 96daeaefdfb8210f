//! From a constant of the model to a value of a Rust type, and what to say where the two do not fit.

use kgen_model::model::{Float, Int};
use kgen_model::names::closest;
use kgen_model::{Builtin, Literal, Model, Shape, TypeDef, TypeId, TypeRef};

use super::duration::duration;
use super::timestamp::timestamp;
use super::types::{builtin_path, int_name, path};
use super::{Rest, Value, structs, unions};

/// The constant is no value of the type.
pub(super) const WRONG: &str = "default-type";
/// It may be one, but Rust code cannot say it.
pub(super) const INEXPRESSIBLE: &str = "inexpressible-default";

/// Why a constant makes no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The code of the diagnostic.
    pub code: &'static str,
    /// Where in the constant, as `.lines[0].count`; empty for the whole.
    pub at: String,
    /// What is wrong there, to be put behind the name of the place: `must be a string, not an integer`.
    pub problem: String,
    /// What to do.
    pub help: Option<String>,
}

impl Misfit {
    pub(super) fn new(code: &'static str, problem: impl Into<String>) -> Self {
        Self {
            code,
            at: String::new(),
            problem: problem.into(),
            help: None,
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn below(mut self, step: &str) -> Self {
        self.at.insert_str(0, step);
        self
    }
}

impl Value {
    /// The value of a Rust type that a constant stands for.
    ///
    /// # Errors
    /// When the constant does not fit the type, or the type is one whose values Rust code cannot write down.
    pub fn of(model: &Model, ty: &TypeRef, literal: &Literal) -> Result<Self, Misfit> {
        match ty {
            TypeRef::Bool => match literal {
                Literal::Bool(value) => Ok(Self::Bool(*value)),
                _ => Err(wrong("a bool", literal)),
            },
            TypeRef::Int(width) => int(*width, literal),
            TypeRef::Float(width) => float(*width, literal),
            TypeRef::String => text(literal).map(Self::Text),
            TypeRef::Builtin(known) => builtin(*known, literal),
            TypeRef::Named(id) => named(model, *id, literal),
            TypeRef::Option(_) if *literal == Literal::Null => Ok(Self::None),
            TypeRef::Option(inner) => Self::of(model, inner, literal).map(|value| Self::Some(Box::new(value))),
            TypeRef::Boxed(inner) => Self::of(model, inner, literal).map(|value| Self::Boxed(Box::new(value))),
            TypeRef::List(inner) => items(model, inner, literal).map(Self::List),
            TypeRef::Array(inner, length) => array(model, inner, *length, literal),
            TypeRef::Map { kind, key, value } => {
                let entries = members(literal)?.iter().map(|(name, literal)| {
                    let below = |misfit: Misfit| misfit.below(&format!(".{name}"));
                    let key = Self::of(model, key, &Literal::from(name.as_str())).map_err(below)?;
                    Ok((key, Self::of(model, value, literal).map_err(below)?))
                });
                let entries = entries.collect::<Result<_, _>>()?;
                Ok(Self::Map { kind: *kind, entries })
            }
        }
    }

    /// What a plain field of the type holds that is not given, where that is not the default of the Rust type.
    #[must_use]
    pub fn start_of(model: &Model, ty: &TypeRef) -> Option<Self> {
        match ty {
            TypeRef::Boxed(inner) => Self::start_of(model, inner).map(|value| Self::Boxed(Box::new(value))),
            TypeRef::Named(id) => match &model.ty(*id).shape {
                Shape::Newtype(inner) if model.begins_as_inner(*id) => {
                    let content = Box::new(Self::start_of(model, inner)?);
                    let ty = path(model.ty(*id));
                    Some(Self::Newtype { ty, content })
                }
                _ => model.has_start(*id).then(|| Self::start(path(model.ty(*id)))),
            },
            _ => None,
        }
    }
}

pub(super) fn wrong(wanted: &str, found: &Literal) -> Misfit {
    Misfit::new(WRONG, format!("must be {wanted}, not {}", found.noun()))
}

/// A name that is none of those that there are.
pub(super) fn unknown(problem: String, name: &str, names: &[&str], plural: &str) -> Misfit {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    let misfit = Misfit::new(WRONG, problem);
    match closest(name, names.iter().copied()) {
        Some(close) => misfit.help(format!("did you mean `{close}`?")),
        None if names.is_empty() => misfit.help(format!("there are no {plural}")),
        None => misfit.help(format!("the {plural} are {}", quoted.join(", "))),
    }
}

pub(super) fn members(literal: &Literal) -> Result<&std::collections::BTreeMap<String, Literal>, Misfit> {
    match literal {
        Literal::Object(members) => Ok(members),
        _ => Err(wrong("an object", literal).help("objects are written as `json!({ \"name\": value })`")),
    }
}

fn text(literal: &Literal) -> Result<String, Misfit> {
    let text = literal.as_str().map(str::to_owned);
    text.ok_or_else(|| wrong("a string", literal))
}

fn int(width: Int, literal: &Literal) -> Result<Value, Misfit> {
    let Literal::Int(value) = literal else {
        return Err(wrong("an integer", literal));
    };
    let (least, most) = match width {
        Int::I8 => (i128::from(i8::MIN), i128::from(i8::MAX)),
        Int::I16 => (i128::from(i16::MIN), i128::from(i16::MAX)),
        Int::I32 => (i128::from(i32::MIN), i128::from(i32::MAX)),
        Int::I64 => (i128::from(i64::MIN), i128::from(i64::MAX)),
        Int::U8 => (0, i128::from(u8::MAX)),
        Int::U16 => (0, i128::from(u16::MAX)),
        Int::U32 => (0, i128::from(u32::MAX)),
        Int::U64 => (0, i128::from(u64::MAX)),
    };
    if (least..=most).contains(value) {
        return Ok(Value::Int(*value));
    }
    let problem = format!(
        "must be between {least} and {most}, the bounds of `{}`",
        int_name(width)
    );
    Err(Misfit::new(WRONG, problem))
}

fn float(width: Float, literal: &Literal) -> Result<Value, Misfit> {
    match literal {
        Literal::Float(value) => Ok(Value::Float(*value, width)),
        #[expect(clippy::cast_precision_loss, reason = "the nearest value is what the field holds")]
        Literal::Int(value) => Ok(Value::Float(*value as f64, width)),
        _ => Err(wrong("a number", literal)),
    }
}

fn builtin(builtin: Builtin, literal: &Literal) -> Result<Value, Misfit> {
    let newtype = |content: Value| Value::Newtype {
        ty: builtin_path(builtin).to_owned(),
        content: Box::new(content),
    };
    match builtin {
        Builtin::Json => json(literal),
        Builtin::RawExtension | Builtin::FieldsV1 => members(literal).and_then(|_| json(literal)).map(newtype),
        Builtin::Quantity => match literal {
            Literal::Int(value) => Ok(newtype(Value::Text(value.to_string()))),
            _ => text(literal).map(|text| newtype(Value::Text(text))),
        },
        Builtin::IntOrString => int_or_string(literal),
        Builtin::Time | Builtin::MicroTime => {
            let problem = "must be a point in time, such as `2026-01-02T03:04:05Z`";
            let time = timestamp(&text(literal)?);
            time.map(newtype).ok_or_else(|| Misfit::new(WRONG, problem))
        }
        Builtin::Duration => {
            let problem = "must be a length of time, such as `1h30m`";
            duration(&text(literal)?).ok_or_else(|| Misfit::new(WRONG, problem))
        }
        Builtin::ByteString | Builtin::EmbeddedObject => {
            text(literal).or_else(|misfit| members(literal).map(|_| String::new()).map_err(|_| misfit))?;
            Err(foreign(builtin_path(builtin)))
        }
    }
}

/// A value of a type that generated code cannot take apart.
pub(super) fn foreign(ty: &str) -> Misfit {
    let name = ty.rsplit("::").next().unwrap_or(ty);
    Misfit::new(
        INEXPRESSIBLE,
        format!("is a `{name}`, which generated code cannot write down"),
    )
    .help("set it in a function of your own: `#[kgen(default_with = path)]` on the struct")
}

fn int_or_string(literal: &Literal) -> Result<Value, Misfit> {
    let (name, content) = match literal {
        Literal::Int(_) => ("Int", int(Int::I32, literal)?),
        Literal::String(text) => ("String", Value::Text(text.clone())),
        _ => return Err(wrong("an integer or a string", literal)),
    };
    Ok(variant(builtin_path(Builtin::IntOrString), name, Some(content)))
}

fn json(literal: &Literal) -> Result<Value, Misfit> {
    let fits = |value: i128| i64::try_from(value).is_ok() || u64::try_from(value).is_ok();
    match literal {
        Literal::Null => Ok(variant(builtin_path(Builtin::Json), "Null", None)),
        _ if holds_only(literal, &fits) => Ok(Value::Json(literal.clone())),
        _ => Err(Misfit::new(INEXPRESSIBLE, "has an integer of more than 64 bits")),
    }
}

fn holds_only(literal: &Literal, fits: &dyn Fn(i128) -> bool) -> bool {
    match literal {
        Literal::Int(value) => fits(*value),
        Literal::List(items) => items.iter().all(|item| holds_only(item, fits)),
        Literal::Object(members) => members.values().all(|member| holds_only(member, fits)),
        Literal::Null | Literal::Bool(_) | Literal::Float(_) | Literal::String(_) => true,
    }
}

pub(super) fn variant(ty: &str, name: &str, content: Option<Value>) -> Value {
    Value::Variant {
        ty: ty.to_owned(),
        name: name.to_owned(),
        content: content.map(Box::new),
    }
}

fn named(model: &Model, id: TypeId, literal: &Literal) -> Result<Value, Misfit> {
    let ty = model.ty(id);
    match &ty.shape {
        Shape::Newtype(inner) => Ok(newtype(ty, Value::of(model, inner, literal)?)),
        Shape::Enum(def) => unions::name(ty, def, literal),
        Shape::Union(def) => unions::member(model, ty, def, literal),
        Shape::Struct(fields) => structs::strukt(model, id, fields, members(literal)?),
    }
}

fn newtype(ty: &TypeDef, content: Value) -> Value {
    match &ty.newtype_field {
        Some(name) => Value::Struct {
            ty: path(ty),
            fields: vec![(name.clone(), content)],
            rest: Rest::Nothing,
        },
        None => Value::Newtype {
            ty: path(ty),
            content: Box::new(content),
        },
    }
}

fn items(model: &Model, inner: &TypeRef, literal: &Literal) -> Result<Vec<Value>, Misfit> {
    let Literal::List(items) = literal else {
        return Err(wrong("a list", literal));
    };
    let item = |(index, item)| {
        let misfit = |misfit: Misfit| misfit.below(&format!("[{index}]"));
        Value::of(model, inner, item).map_err(misfit)
    };
    items.iter().enumerate().map(item).collect()
}

fn array(model: &Model, inner: &TypeRef, length: u64, literal: &Literal) -> Result<Value, Misfit> {
    let items = items(model, inner, literal)?;
    if items.len() as u64 == length {
        return Ok(Value::Array(items));
    }
    let problem = format!("must have {length} items, not {}", items.len());
    Err(Misfit::new(WRONG, problem))
}
