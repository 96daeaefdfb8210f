//! What is said about a value at two places (its type, then the field that holds it) as one schema.
//!
//! Follows the flattening of controller-gen: what only one side says is kept, members and elements merge, `required` is
//! united, the field's CEL rules come before the type's, and limits that differ both hold and go to `allOf`. It departs
//! from it where `allOf` could not hold the difference (of two defaults, list types or formats of numbers the field's
//! wins) and for enums: a field may narrow that of its type, where controller-gen silently keeps all of it.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use kgen_model::Literal;

use super::{About, AdditionalProperties, JsonType, Kubernetes, Limits, Logic, Schema};

/// The schema of values that satisfy `base`, which the type says, and `over`, which the place adds.
#[must_use]
pub(crate) fn merge(base: Schema, over: Schema) -> Schema {
    if over.stands_alone {
        return over;
    }
    let Schema {
        reference,
        about,
        type_,
        format,
        nullable,
        items,
        properties,
        additional_properties,
        limits,
        logic,
        kubernetes,
        extensions,
        stands_alone: _, // What stands alone has been returned.
    } = over;
    let mut hoisted = Hoisted::default();
    let mut merged = Schema {
        reference: reference.or(base.reference),
        about: merge_about(base.about, about),
        type_: type_.or(base.type_),
        format: None,
        nullable: base.nullable || nullable,
        items: merge_boxes(base.items, items),
        properties: merge_properties(base.properties, properties),
        additional_properties: merge_additional(base.additional_properties, additional_properties),
        limits: merge_limits(base.limits, limits, &mut hoisted),
        logic: Logic::default(),
        kubernetes: merge_kubernetes(base.kubernetes, kubernetes),
        extensions: base.extensions.into_iter().chain(extensions).collect(),
        stands_alone: base.stands_alone,
    };
    merged.format = match merged.type_ {
        Some(JsonType::String) | None => hoisted.option(base.format, format, |schema| &mut schema.format),
        Some(_) => format.or(base.format),
    };
    merged.logic = merge_logic(base.logic, logic, &mut hoisted);
    merged.logic.all_of.extend(hoisted.into_branches());
    merged
}

/// The schema of values that moreover satisfy these limits.
pub(crate) fn limit(schema: &mut Schema, limits: Limits) {
    let mut hoisted = Hoisted::default();
    schema.limits = merge_limits(std::mem::take(&mut schema.limits), limits, &mut hoisted);
    schema.logic.all_of.extend(hoisted.into_branches());
}

/// What both sides say differently, on its way to `allOf`: the branches of `base` and `over`, once there is something.
#[derive(Default)]
struct Hoisted(Option<Box<[Schema; 2]>>);

impl Hoisted {
    /// Keeps what only one side says or both say alike; hoists the rest.
    fn option<T: PartialEq>(
        &mut self,
        base: Option<T>,
        over: Option<T>,
        keyword: fn(&mut Schema) -> &mut Option<T>,
    ) -> Option<T> {
        match (base, over) {
            (Some(base), Some(over)) if base != over => {
                let [of_base, of_over] = self.branches().map(keyword);
                (*of_base, *of_over) = (Some(base), Some(over));
                None
            }
            (base, over) => over.or(base),
        }
    }

    /// The same for keywords that hold lists.
    fn list<T: PartialEq>(&mut self, base: Vec<T>, over: Vec<T>, keyword: fn(&mut Schema) -> &mut Vec<T>) -> Vec<T> {
        if base.is_empty() || base == over {
            return over;
        }
        if over.is_empty() {
            return base;
        }
        let [of_base, of_over] = self.branches().map(keyword);
        (*of_base, *of_over) = (base, over);
        Vec::new()
    }

    fn branches(&mut self) -> [&mut Schema; 2] {
        self.0.get_or_insert_default().each_mut()
    }

    fn into_branches(self) -> impl Iterator<Item = Schema> {
        self.0.map(|branches| *branches).into_iter().flatten()
    }
}

fn merge_about(base: About, over: About) -> About {
    let About {
        description,
        title,
        external_docs,
        example,
        default,
    } = over;
    About {
        description: description.or(base.description),
        title: title.or(base.title),
        external_docs: external_docs.or(base.external_docs),
        example: example.or(base.example),
        default: default.or(base.default),
    }
}

fn merge_boxes(base: Option<Box<Schema>>, over: Option<Box<Schema>>) -> Option<Box<Schema>> {
    match (base, over) {
        (Some(base), Some(over)) => Some(Box::new(merge(*base, *over))),
        (base, over) => over.or(base),
    }
}

fn merge_properties(mut base: BTreeMap<String, Schema>, over: BTreeMap<String, Schema>) -> BTreeMap<String, Schema> {
    for (name, over) in over {
        let merged = match base.remove(&name) {
            Some(base) => merge(base, over),
            None => over,
        };
        base.insert(name, merged);
    }
    base
}

fn merge_additional(
    base: Option<AdditionalProperties>,
    over: Option<AdditionalProperties>,
) -> Option<AdditionalProperties> {
    use AdditionalProperties::{Allowed, Each};
    match (base, over) {
        (Some(Each(base)), Some(Each(over))) => Some(Each(Box::new(merge(*base, *over)))),
        (Some(Each(base)), Some(Allowed(true))) => Some(Each(base)),
        (base, over) => over.or(base),
    }
}

fn merge_limits(base: Limits, over: Limits, hoisted: &mut Hoisted) -> Limits {
    let Limits {
        minimum,
        maximum,
        multiple_of,
        min_length,
        max_length,
        pattern,
        min_items,
        max_items,
        unique_items,
        min_properties,
        max_properties,
        required,
        enum_,
        range,
    } = over;
    let mut all_required = base.required;
    all_required.extend(required);
    all_required.sort_unstable();
    all_required.dedup();
    Limits {
        minimum: hoisted.option(base.minimum, minimum, |schema| &mut schema.limits.minimum),
        maximum: hoisted.option(base.maximum, maximum, |schema| &mut schema.limits.maximum),
        multiple_of: hoisted.option(base.multiple_of, multiple_of, |schema| &mut schema.limits.multiple_of),
        min_length: hoisted.option(base.min_length, min_length, |schema| &mut schema.limits.min_length),
        max_length: hoisted.option(base.max_length, max_length, |schema| &mut schema.limits.max_length),
        pattern: hoisted.option(base.pattern, pattern, |schema| &mut schema.limits.pattern),
        min_items: hoisted.option(base.min_items, min_items, |schema| &mut schema.limits.min_items),
        max_items: hoisted.option(base.max_items, max_items, |schema| &mut schema.limits.max_items),
        unique_items: base.unique_items || unique_items,
        min_properties: hoisted.option(base.min_properties, min_properties, |schema| {
            &mut schema.limits.min_properties
        }),
        max_properties: hoisted.option(base.max_properties, max_properties, |schema| {
            &mut schema.limits.max_properties
        }),
        required: all_required,
        enum_: merge_enums(base.enum_, enum_, hoisted),
        range: range.or(base.range),
    }
}

/// The values that both sides have, in the order of the type. Without any, both stand, so that it can be reported.
fn merge_enums(base: Vec<Literal>, over: Vec<Literal>, hoisted: &mut Hoisted) -> Vec<Literal> {
    let common: Vec<Literal> = base.iter().filter(|value| over.contains(value)).cloned().collect();
    if common.is_empty() {
        hoisted.list(base, over, |schema| &mut schema.limits.enum_)
    } else {
        common
    }
}

fn merge_logic(base: Logic, over: Logic, hoisted: &mut Hoisted) -> Logic {
    let Logic {
        all_of,
        any_of,
        one_of,
        not,
    } = over;
    let mut all = base.all_of;
    all.extend(all_of);
    Logic {
        all_of: all,
        any_of: hoisted.list(base.any_of, any_of, |schema| &mut schema.logic.any_of),
        one_of: hoisted.list(base.one_of, one_of, |schema| &mut schema.logic.one_of),
        not: hoisted.option(base.not, not, |schema| &mut schema.logic.not),
    }
}

fn merge_kubernetes(base: Kubernetes, over: Kubernetes) -> Kubernetes {
    let Kubernetes {
        preserve_unknown_fields,
        embedded_resource,
        int_or_string,
        list_type,
        map_type,
        mut validations,
        derived,
        patch_strategy,
        patch_merge_key,
        group_version_kinds,
    } = over;
    // What the type and the place both say is said once: rules are the keys of a list map.
    let of_type = base.validations.into_iter();
    let others: Vec<_> = of_type.filter(|rule| !validations.contains(rule)).collect();
    validations.extend(others);
    Kubernetes {
        preserve_unknown_fields: base.preserve_unknown_fields || preserve_unknown_fields,
        embedded_resource: base.embedded_resource || embedded_resource,
        int_or_string: base.int_or_string || int_or_string,
        list_type: list_type.or(base.list_type),
        map_type: map_type.or(base.map_type),
        validations,
        derived: base.derived.into_iter().chain(derived).collect(),
        patch_strategy: patch_strategy.or(base.patch_strategy),
        patch_merge_key: patch_merge_key.or(base.patch_merge_key),
        group_version_kinds: if group_version_kinds.is_empty() {
            base.group_version_kinds
        } else {
            group_version_kinds
        },
    }
}
