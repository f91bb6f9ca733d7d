//! SetMembership.

use super::lookup::{agent, group};
use super::records::ChangeResult;
use crate::contract::operation;
use crate::domain::Error;
use crate::domain::structure::Membership;
use crate::operations::{Context, Writes};
use crate::store::Write;

operation! {
    /// Makes an agent a member of a group, or changes its membership.
    writes SetMembership by Administrator {
        /// The group.
        group_id as "groupId": i32,
        /// The agent; somebody with the role Agent.
        user_id as "userId": i32,
        /// Whether it takes tickets now.
        active_for_tickets as "activeForTickets": bool,
        /// Whether it takes live chats now.
        active_for_chats as "activeForChats": bool,
        /// Whether it is away from its desk.
        away: bool,
    } -> ChangeResult
}

impl Writes for SetMembership {
    fn apply(&self, _: &Context<'_>, tx: &mut dyn Write) -> Result<ChangeResult, Error> {
        let group = group(tx, self.group_id)?;
        let user = agent(tx, self.user_id)?;
        tx.put_membership(&Membership {
            group: group.id,
            user: user.id,
            active_tickets: self.active_for_tickets,
            active_chats: self.active_for_chats,
            away: self.away,
        })?;
        Ok(ChangeResult::default())
    }
}
