use kgen_apiserver::strategy::{Context, Strategy};

/// An order belongs to whoever makes it.
pub struct Orders;

impl Strategy for Orders {
    type Object = crate::Order;

    fn prepare_for_create(&self, order: &mut crate::Order, context: &Context<'_>) {
        order.customer.clone_from(&context.user.name);
    }
}
