//! The records of settings: those of employees by tab, those of end users in one list. Each field is named as its key (R29), and may be
//! left out: it then stays as it is (R30).

use crate::contract::{Bytes, Decimal, Secret, Text, enumeration, record};

enumeration! {
    /// How a person proves who it is.
    AuthenticationMethod {
        /// By a password that is kept here.
        Password,
        /// By a directory; nobody can log in this way until one is connected.
        ActiveDirectory,
        /// By an external provider; the same.
        ExternalProvider,
    }
}

record! {
    /// A person's value of a custom field.
    class CustomFieldValue {
        /// The custom field: its display name or its name for programs, without regard to case.
        name as "Name": Option<Text>,
        /// The value in its text form; empty takes it away.
        value as "Value": Option<Text>,
    }
}

record! {
    /// The settings of an employee, by tab. What is left out stays as it is.
    class EmployeeSettings {
        /// Who the employee is and how it logs in.
        options as "Options": Option<Options>,
        /// The web interface.
        web_interface as "WebInterface": Option<WebInterface>,
        /// Tickets.
        tickets as "Tickets": Option<Tickets>,
        /// Live chats.
        live_chat as "LiveChat": Option<LiveChat>,
        /// How the employee is reached.
        contact_info as "ContactInfo": Option<ContactInfo>,
        /// Reports.
        reporting as "Reporting": Option<Reporting>,
        /// The community.
        community as "Community": Option<Community>,
        /// Values of custom fields; those that are not named stay as they are.
        custom_fields as "CustomFields": Option<Vec<CustomFieldValue>>,
    }
}

record! {
    /// Who an employee is and how it logs in.
    class Options {
        /// Login name, 1 to 100 characters; unique without regard to case, composition or outer blanks.
        username as "Username": Option<Text>,
        /// How the employee proves who it is.
        authentication_method as "AuthenticationMethod": Option<AuthenticationMethod>,
        /// The directory's domain; only with ActiveDirectory.
        authentication_domain as "AuthenticationDomain": Option<Text>,
        /// A new password; only with Password authentication. Never answered.
        password as "Password": Option<Secret>,
        /// The employee has to change its password; stays until it does.
        force_password_change as "ForcePasswordChange": Option<bool>,
        /// E-mail address; a change by the person itself clears IsEmailVerified.
        email_address as "EmailAddress": Option<Text>,
        /// Whether the employee can log in and call.
        enabled as "Enabled": Option<bool>,
        /// The key of another system, at most 200 characters; unique when set.
        external_id as "ExternalId": Option<Text>,
        /// Whether the e-mail address was verified.
        is_email_verified as "IsEmailVerified": Option<bool>,
        /// The name that people see; empty becomes the user name.
        display_name as "DisplayName": Option<Text>,
        /// IANA or Windows zone id; answered as it was given.
        time_zone as "TimeZone": Option<Text>,
        /// The tag of one of the supported languages.
        preferred_language as "PreferredLanguage": Option<Text>,
        /// Signature under what the employee writes in the portal.
        portal_signature as "PortalSignature": Option<Text>,
        /// Where the avatar comes from: None, Upload, Gravatar, or a configured provider.
        avatar_provider as "AvatarProvider": Option<Text>,
        /// A new picture: PNG, JPEG, GIF or WebP of at most 1 MiB. Never answered here; GetAvatar does.
        avatar as "Avatar": Option<Bytes>,
    }
}

record! {
    /// Settings of the web interface.
    class WebInterface {
        /// The tag of one of the spell-check dictionaries.
        spell_check_dictionary as "SpellCheckDictionary": Option<Text>,
        /// Reminders pop up by themselves.
        reminder_popup as "ReminderPopup": Option<bool>,
    }
}

record! {
    /// Settings about tickets.
    class Tickets {
        /// Tickets are copied to this address; entering one switches CopyToEnabled on unless the same call says otherwise.
        copy_to_address as "CopyToAddress": Option<Text>,
        /// Whether tickets are copied; needs CopyToAddress.
        copy_to_enabled as "CopyToEnabled": Option<bool>,
        /// Further addresses from which the employee may reply.
        reply_from_addresses as "ReplyFromAddresses": Option<Vec<String>>,
        /// Counters of waiting tickets in the tree.
        show_waiting as "ShowWaitingTicketCounters": Option<bool>,
        /// Counters of follow-ups in the tree.
        show_follow_up as "ShowFollowUpTicketCounters": Option<bool>,
        /// Waiting tickets count at the tree's root.
        include_waiting as "IncludeWaitingInRootCounts": Option<bool>,
        /// Tickets scheduled for follow-up count at the tree's root.
        include_follow_ups as "IncludeFollowUpsInRootCounts": Option<bool>,
    }
}

record! {
    /// Settings about live chats.
    class LiveChat {
        /// The name shown in live chats; empty is the display name.
        display_name_for_chat as "DisplayNameForChat": Option<Text>,
        /// The most live chats at once, 0 to 100.
        max_active_chats as "MaxActiveChats": Option<i32>,
        /// New chats pop up by themselves.
        chat_popup as "ChatPopup": Option<bool>,
        /// Sounds in live chats.
        chat_sounds as "ChatSounds": Option<bool>,
        /// A sound when a chat waits in the queue.
        chat_queue_sound as "ChatQueueSound": Option<bool>,
        /// No live chats while a call log is written; for employees with the role Agent.
        block_chats as "BlockChatsDuringCallLogs": Option<bool>,
    }
}

record! {
    /// How a person is reached.
    class ContactInfo {
        /// Telephone numbers, the primary one first: at most 4 for employees, 1 for end users.
        phone_numbers as "PhoneNumbers": Option<Vec<String>>,
    }
}

record! {
    /// Settings for reports.
    class Reporting {
        /// What an hour of the employee costs, from 0, with two decimals; only administrators see it.
        hourly_cost as "HourlyCost": Option<Decimal>,
    }
}

record! {
    /// Settings about the community.
    class Community {
        /// Subscribe to community posts automatically.
        subscribe as "SubscribeToCommunityPosts": Option<bool>,
        /// E-mail summaries of subscribed community posts.
        email_summaries as "EmailCommunitySummaries": Option<bool>,
        /// E-mail comments of community posts in which the person participates.
        email_comments as "EmailCommunityComments": Option<bool>,
        /// E-mail new messages from conversations.
        email_messages as "EmailConversationMessages": Option<bool>,
        /// Others may write to the person in the community.
        messaging_enabled as "CommunityMessagingEnabled": Option<bool>,
    }
}

record! {
    /// The settings of an end user; employees have them too. What is left out stays as it is.
    class UserSettings {
        /// Login name, 1 to 100 characters; unique without regard to case, composition or outer blanks.
        username as "Username": Option<Text>,
        /// How the person proves who it is.
        authentication_method as "AuthenticationMethod": Option<AuthenticationMethod>,
        /// The directory's domain; only with ActiveDirectory.
        authentication_domain as "AuthenticationDomain": Option<Text>,
        /// A new password; only with Password authentication. Never answered.
        password as "Password": Option<Secret>,
        /// The person has to change its password; stays until it does.
        force_password_change as "ForcePasswordChange": Option<bool>,
        /// E-mail address; a change by the person itself clears IsEmailVerified.
        email_address as "EmailAddress": Option<Text>,
        /// Whether the person can log in and call.
        enabled as "Enabled": Option<bool>,
        /// The key of another system, at most 200 characters; unique when set.
        external_id as "ExternalId": Option<Text>,
        /// Whether the e-mail address was verified.
        is_email_verified as "IsEmailVerified": Option<bool>,
        /// The name that people see; empty becomes the user name.
        display_name as "DisplayName": Option<Text>,
        /// The name shown in live chats; empty is the display name.
        display_name_for_chat as "DisplayNameForChat": Option<Text>,
        /// IANA or Windows zone id; answered as it was given.
        time_zone as "TimeZone": Option<Text>,
        /// The tag of one of the supported languages.
        preferred_language as "PreferredLanguage": Option<Text>,
        /// The tag of one of the spell-check dictionaries.
        spell_check_dictionary as "SpellCheckDictionary": Option<Text>,
        /// Where the avatar comes from: None, Upload, Gravatar, or a configured provider.
        avatar_provider as "AvatarProvider": Option<Text>,
        /// A new picture: PNG, JPEG, GIF or WebP of at most 1 MiB. Never answered here; GetAvatar does.
        avatar as "Avatar": Option<Bytes>,
        /// Subscribe to community posts automatically.
        subscribe as "SubscribeToCommunityPosts": Option<bool>,
        /// E-mail summaries of subscribed community posts.
        email_summaries as "EmailCommunitySummaries": Option<bool>,
        /// E-mail comments of community posts in which the person participates.
        email_comments as "EmailCommunityComments": Option<bool>,
        /// E-mail new messages from conversations.
        email_messages as "EmailConversationMessages": Option<bool>,
        /// Others may write to the person in the community.
        messaging_enabled as "CommunityMessagingEnabled": Option<bool>,
        /// Telephone numbers, the primary one first: at most 4 for employees, 1 for end users.
        phone_numbers as "PhoneNumbers": Option<Vec<String>>,
        /// Values of custom fields; those that are not named stay as they are.
        custom_fields as "CustomFields": Option<Vec<CustomFieldValue>>,
    }
}
