//! What steps use of their surroundings, which decides what gets a name.

use crate::validation::plan::{Argument, Call, Correlation, Step, Via};

/// Whether the path is used once.
pub(super) fn is_simple(steps: &[Step<'_>]) -> bool {
    match steps {
        [Step::Call(Call { function: _, arguments })] => !arguments.iter().any(|it| matches!(it, Argument::Pattern(_))),
        [Step::Validate | Step::Function(_)] => true,
        [Step::IfReplaced(steps) | Step::OnUpdate(steps) | Step::IfSet { test: _, steps }] => is_simple(steps),
        [Step::Inner { via, steps }] => !via.iter().any(is_conditional) && is_simple(steps),
        _ => false,
    }
}

fn is_conditional(via: &Via<'_>) -> bool {
    match via {
        Via::Box | Via::Newtype(_) => false,
        Via::Option | Via::Int | Via::String => true,
    }
}

pub(super) fn is_replaced(step: &Step<'_>) -> bool {
    matches!(step, Step::IfReplaced(_))
}

/// How often steps use the old value.
pub(super) fn uses_of_old(steps: &[Step<'_>]) -> usize {
    steps.iter().map(uses_of_old_in).sum()
}

fn uses_of_old_in(step: &Step<'_>) -> usize {
    match step {
        Step::Call(call) => call.arguments.iter().filter(|argument| needs_old(argument)).count(),
        Step::Function(_) | Step::Validate | Step::Member(_) | Step::Entries { .. } | Step::Keys { .. } => 1,
        Step::Item { .. } => 1,
        Step::Elements { by, .. } => usize::from(*by != Correlation::None),
        Step::Gate => 0,
        Step::Cohort(steps)
        | Step::OnUpdate(steps)
        | Step::Option { some: steps, .. }
        | Step::IfSet { steps, .. }
        | Step::Inner { steps, .. }
        | Step::IfFeature { steps, .. }
        | Step::Level { steps, .. } => uses_of_old(steps),
        Step::IfReplaced(steps) => 1 + uses_of_old(steps),
        Step::Variants { variants, .. } => variants.len(),
        Step::Modes(_) => 2,
        Step::Cases { cases, .. } => cases.iter().map(|steps| uses_of_old(steps)).sum(),
    }
}

fn needs_old(argument: &Argument<'_>) -> bool {
    matches!(
        argument,
        Argument::Old
            | Argument::OldCopy
            | Argument::Slices { .. }
            | Argument::WasSet(_)
            | Argument::WereSet(_)
            | Argument::WasChosen(..)
    )
}
