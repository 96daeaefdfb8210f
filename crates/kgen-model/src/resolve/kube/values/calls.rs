//! Values of calls: struct literals, newtypes, functions of the crate, and what is known of std's.

use std::collections::BTreeMap;

use super::{At, Values};
use crate::draft::DraftConst;
use crate::expr::{Expr, ExprKind};
use crate::literal::Literal;
use crate::resolve::kube::std_types::object;
use crate::resolve::scope::Target;
use crate::schemars::{Body, DefinitionId, Type};

/// Calls whose value is that of their argument.
const SAME_VALUE: [&str; 25] = [
    ".to_string",
    ".to_owned",
    ".into",
    ".clone",
    ".to_vec",
    ".as_str",
    ".into_iter",
    ".collect",
    "Box::new",
    "Arc::new",
    "Rc::new",
    "Some",
    "Vec::from",
    "String::from",
    "BTreeMap::from",
    "HashMap::from",
    "BTreeSet::from",
    "HashSet::from",
    "Cow::Borrowed",
    "Cow::from",
    "Value::from",
    "IntOrString::Int",
    "IntOrString::String",
    "Quantity",
    "PathBuf::from",
];

impl Values<'_> {
    pub(super) fn call(&self, name: &str, args: &[Expr], at: At<'_>) -> Option<Literal> {
        let first = || args.first();
        let last = name.rsplit("::").next().unwrap_or_default();
        match (name, last) {
            _ if SAME_VALUE.contains(&name) => self.value(first()?, at.of(at.ty)),
            ("Default::default", _) => self.default_of(at.ty?, at.depth + 1),
            ("String::new", _) => Some(Literal::from("")),
            ("Vec::new" | "BTreeSet::new" | "HashSet::new" | "VecDeque::new", _) => Some(Literal::List(Vec::new())),
            ("BTreeMap::new" | "HashMap::new", _) => Some(Literal::Object(BTreeMap::new())),
            ("+" | "-" | "*", _) => self.arithmetic(name, args, at),
            ("concat!", _) => {
                let parts: Option<Vec<Literal>> = args.iter().map(|arg| self.value(arg, at.of(None))).collect();
                let text = |part: Literal| part.as_str().map_or_else(|| part.to_string(), str::to_owned);
                Some(Literal::String(parts?.into_iter().map(text).collect()))
            }
            (_, "from_secs" | "from_millis") => duration(last, &self.value(first()?, at.of(None))?),
            _ => self.own_call(name, args, at),
        }
    }

    fn arithmetic(&self, operator: &str, args: &[Expr], at: At<'_>) -> Option<Literal> {
        let [left, right] = args else { return None };
        let (Literal::Int(left), Literal::Int(right)) =
            (self.value(left, at.of(at.ty))?, self.value(right, at.of(at.ty))?)
        else {
            return None;
        };
        let value = match operator {
            "+" => left.checked_add(right),
            "-" => left.checked_sub(right),
            _ => left.checked_mul(right),
        };
        value.map(Literal::Int)
    }

    /// A struct literal, a newtype, a variant with data, or a function of the crate.
    fn own_call(&self, name: &str, args: &[Expr], at: At<'_>) -> Option<Literal> {
        let path = self.with_self(name, at)?;
        let segments: Vec<&str> = path.split("::").collect();
        match self.scopes.lookup(at.module, &segments, false)? {
            Target::Type(home, index) => self.literal(home, index, args, at),
            Target::Associated(home, index, member) => self.associated(home, index, &member, args, at),
            Target::Function(path) => self.function_at(&path, at).filter(|_| args.is_empty()),
            Target::External(path) if args.is_empty() && last_is(&path, "default") => {
                at.ty.and_then(|ty| self.default_of(ty, at.depth + 1))
            }
            Target::External(path) if path.len() > 1 && (last_is(&path, "from") || last_is(&path, "new")) => {
                args.first().and_then(|argument| self.value(argument, at.of(at.ty)))
            }
            Target::External(_) | Target::Alias(..) | Target::Const(..) | Target::Module(_) => None,
        }
    }

    /// A struct literal or a newtype.
    fn literal(&self, home: usize, index: usize, args: &[Expr], at: At<'_>) -> Option<Literal> {
        let id = self.id(home, index, at)?;
        match &self.definition(id)?.body {
            Body::Struct(members) => {
                let values = self.members(id, members, args, at)?;
                Some(self.written(members, &values))
            }
            Body::Newtype(field) => {
                let argument = match &args.first()?.kind {
                    ExprKind::Assign { value, .. } => value,
                    _ => args.first()?,
                };
                self.value(argument, at.of(Some(&field.ty)))
            }
            Body::Type(_) | Body::Unit | Body::Tuple(_) | Body::Enum(_) | Body::Unknown => None,
        }
    }

    /// A variant with data, or a function of a type.
    fn associated(&self, home: usize, index: usize, member: &str, args: &[Expr], at: At<'_>) -> Option<Literal> {
        if let Some((id, variant)) = self.variant(home, index, member) {
            let content = match &variant.body {
                Body::Newtype(field) => self.value(args.first()?, at.of(Some(&field.ty)))?,
                Body::Struct(members) => {
                    let values = self.members(id, members, args, at)?;
                    self.written(members, &values)
                }
                _ => return None,
            };
            return self.tagged(self.union(id)?, variant, Some(content));
        }
        if member == "default" && args.is_empty() {
            return self.default_of(&Type::Defined(self.id(home, index, at)?), at.depth + 1);
        }
        let name = format!("{}::{member}", self.scopes.ty(home, index).name);
        self.function(home, &name, self.id(home, index, at), at)
            .filter(|_| args.is_empty())
    }

    /// What a function gives that an attribute names by its path.
    pub(in super::super) fn function_named(&self, path: &str, at: At<'_>) -> Option<Literal> {
        self.call(path, &[], at)
    }

    fn function_at(&self, path: &[String], at: At<'_>) -> Option<Literal> {
        let longest = (1..path.len()).rev();
        let mut modules = longest.filter_map(|length| {
            let home = self
                .draft
                .modules
                .iter()
                .position(|module| module.path == path[..length])?;
            Some((home, path[length..].join("::")))
        });
        let (home, name) = modules.next()?;
        self.function(home, &name, at.own, at)
    }

    pub(super) fn function(&self, home: usize, name: &str, own: Option<DefinitionId>, at: At<'_>) -> Option<Literal> {
        let value = self.function_value(home, name)?;
        let at = At {
            module: home,
            ty: at.ty,
            own,
            depth: at.depth + 1,
        };
        self.value(value.value.as_ref()?, at)
    }

    pub(super) fn function_value(&self, home: usize, name: &str) -> Option<&DraftConst> {
        self.draft.modules[home].values.iter().find(|value| value.name == name)
    }
}

fn last_is(path: &[String], name: &str) -> bool {
    path.last().is_some_and(|last| last == name)
}

fn duration(unit: &str, count: &Literal) -> Option<Literal> {
    let Literal::Int(count) = count else { return None };
    let (secs, nanos) = match unit {
        "from_millis" => (count / 1000, count % 1000 * 1_000_000),
        _ => (*count, 0),
    };
    Some(object([("secs", Literal::Int(secs)), ("nanos", Literal::Int(nanos))]))
}
