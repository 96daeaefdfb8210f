//! Which fields and variants the code of a plan names.

use kgen_emit::rust::path;

use super::{Argument, Plan, Step};

impl<'m> Plan<'m> {
    /// The fields and variants that the code names, with the paths of their types.
    pub(in super::super) fn members(&self) -> Vec<(String, &'m str)> {
        let mut members = Vec::new();
        for plan in &self.impls {
            collect(&plan.steps, &path(plan.ty), &mut members);
        }
        members
    }
}

fn collect<'m>(steps: &[Step<'m>], owner: &str, members: &mut Vec<(String, &'m str)>) {
    for step in steps {
        match step {
            Step::Call(call) => {
                let named = call.arguments.iter().flat_map(Argument::members);
                members.extend(named.map(|name| (owner.to_owned(), name)));
            }
            Step::Function(_) | Step::Validate | Step::Gate => {}
            Step::Member(member) => {
                members.push((member.owner.clone(), member.name));
                collect(&member.steps, owner, members);
            }
            Step::Variants { variants, ty, more: _ } => {
                for variant in variants {
                    members.push((ty.clone(), variant.name));
                    collect(&variant.steps, owner, members);
                }
            }
            Step::Modes(modes) => {
                let ways = [&modes.discriminator, &modes.member.way];
                members.extend(ways.into_iter().flatten().map(|name| (modes.owner.clone(), *name)));
                modes.modes.iter().for_each(|(_, steps)| collect(steps, owner, members));
            }
            Step::Cases { rule: _, cases } => cases.iter().for_each(|steps| collect(steps, owner, members)),
            Step::Cohort(steps)
            | Step::OnUpdate(steps)
            | Step::IfReplaced(steps)
            | Step::Option { some: steps, .. }
            | Step::IfSet { steps, .. }
            | Step::Inner { steps, .. }
            | Step::Elements { steps, .. }
            | Step::Entries { steps, .. }
            | Step::Keys { steps, .. }
            | Step::Item { steps, .. }
            | Step::IfFeature { steps, .. }
            | Step::Level { steps, .. } => collect(steps, owner, members),
        }
    }
}
