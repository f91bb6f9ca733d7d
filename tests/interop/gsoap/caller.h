/* What every part of the story needs: calls to the services that are judged at
   once, checks that are counted, and the names and values that are used. The
   first check that fails ends the run with one sentence that tells what was
   expected and what was seen. */

#ifndef CALLER_H
#define CALLER_H

#include "soapH.h"

#define ROUND_TRIP "Zoë <&> \"O'Neil\" 日本"
#define PASSWORD "Story-Pass-2026"

enum code {
    SUCCESS = 0,
    AUTHENTICATION_FAILED = 1,
    NOT_PERMITTED = 2,
    NOT_FOUND = 3,
    ALREADY_EXISTS = 4,
    INVALID_VALUE = 5,
    RULE_BROKEN = 6,
};

struct caller {
    struct soap *soap;
    int version;        /* of SOAP: 1 or 2 */
    const char *base;   /* address of the server */
    char *organization; /* address of svcOrganization */
    char *structure;    /* address of svcStructure */
    char *accounts;     /* address of svcAccounts */
    char *name;         /* the administrator's */
    char *password;
    char *unique; /* no one else has this in a name */
    int passed;
};

/* Text that lives as long as the story. */
char *text(struct caller *caller, const char *format, ...) __attribute__((format(printf, 2, 3)));

void check(struct caller *caller, const char *what, const char *wanted, int good);
void check_int(struct caller *caller, const char *what, long expected, long seen);
void check_double(struct caller *caller, const char *what, double expected, double seen);
/* NULL is a text that is missing. */
void check_text(struct caller *caller, const char *what, const char *expected, const char *seen);

void check_answered(struct caller *caller, const char *operation, int error, const void *result);
void check_outcome(struct caller *caller, const char *operation, int code, int result,
    int result_code, const char *message);
void check_errors(struct caller *caller, const char *operation, int code, const char *field,
    const struct structure__ArrayOfFieldError *errors);
/* The fields that the errors name, put together in the order of the alphabet; NULL without a list. */
void check_fields(struct caller *caller, const char *operation, int code, const char *fields,
    const struct accounts__ArrayOfFieldError *errors);

/* Calls an operation; its outcome has to be `code`. The rest are members of the request. */
#define CALL(caller, service, operation, code, ...)                                       \
    ({                                                                                    \
        struct _##service##__##operation request_ = {__VA_ARGS__};                        \
        struct _##service##__##operation##Response answer_ = {0};                         \
        int error_ = soap_call___##service##__##operation(                                \
            (caller)->soap, (caller)->service, NULL, &request_, &answer_);                \
        __auto_type result_ = answer_.operation##Result;                                  \
        check_answered((caller), #operation, error_, result_);                            \
        check_outcome((caller), #operation, (code), result_->Result, result_->ResultCode, \
            result_->Message);                                                            \
        result_;                                                                          \
    })

/* A call of svcOrganization as the administrator. */
#define ORGANIZATION(caller, operation, code, ...) \
    ORGANIZATION_AS(caller, (caller)->name, (caller)->password, operation, code, __VA_ARGS__)

/* A call of svcOrganization as somebody else. */
#define ORGANIZATION_AS(caller, name, password, operation, code, ...) \
    CALL(caller, organization, operation, code,                       \
        .authUserName = (name), .authPassword = (password), __VA_ARGS__)

/* A call of svcOrganization that takes an agent's login. */
#define LOG_IN(caller, name, password, operation, code) \
    CALL(caller, organization, operation, code, .agentUserName = (name), .agentPassword = (password))

/* A call of svcStructure as the administrator that has to succeed. */
#define STRUCTURE(caller, operation, ...) \
    STRUCTURE_JUDGED(caller, operation, SUCCESS, NULL, __VA_ARGS__)

/* A call of svcStructure that has to be refused with `code` because of `field`. */
#define REFUSED(caller, operation, code, field, ...) \
    STRUCTURE_JUDGED(caller, operation, code, field, __VA_ARGS__)

#define STRUCTURE_JUDGED(caller, operation, code, field, ...)                                 \
    ({                                                                                        \
        __auto_type defined_ = CALL(caller, structure, operation, code,                       \
            .authUserName = (caller)->name, .authPassword = (caller)->password, __VA_ARGS__); \
        check_errors((caller), #operation, (code), (field), defined_->Errors);                \
        defined_;                                                                             \
    })

/* A call of svcAccounts as the administrator that has to succeed. */
#define ACCOUNTS(caller, operation, ...) \
    ACCOUNTS_AS(caller, (caller)->name, (caller)->password, operation, SUCCESS, NULL, __VA_ARGS__)

/* A call of svcAccounts that has to be refused with `code` because of just these `fields`. */
#define ACCOUNTS_REFUSED(caller, operation, code, fields, ...) \
    ACCOUNTS_AS(caller, (caller)->name, (caller)->password, operation, code, fields, __VA_ARGS__)

/* A call of svcAccounts as somebody, its outcome and the fields in its errors. */
#define ACCOUNTS_AS(caller, name, password, operation, code, fields, ...)       \
    ({                                                                          \
        __auto_type account_ = CALL(caller, accounts, operation, code,          \
            .authUserName = (name), .authPassword = (password), __VA_ARGS__);   \
        check_fields((caller), #operation, (code), (fields), account_->Errors); \
        account_;                                                               \
    })

/* What may be left out is given by its address. */
#define YES &(enum xsd__boolean){xsd__boolean__true_}
#define NO &(enum xsd__boolean){xsd__boolean__false_}
#define NUMBER(value) &(int){value}

/* A list of ids as a member of a request. */
#define INTS(...)                                                           \
    &(struct accounts__ArrayOfInt)                                          \
    {                                                                       \
        sizeof((int[]){__VA_ARGS__}) / sizeof(int), (int[]) { __VA_ARGS__ } \
    }

/* A list of strings as a member of a request. */
#define STRINGS(service, ...)                                                        \
    &(struct service##__ArrayOfString)                                               \
    {                                                                                \
        sizeof((char *[]){__VA_ARGS__}) / sizeof(char *), (char *[]) { __VA_ARGS__ } \
    }

/* The row of a list whose member has the value, or NULL. */
#define FIND(list, item, member, value)                                        \
    ({                                                                         \
        __typeof__((list)->item) found_ = NULL;                                \
        for (int at_ = 0; (list) != NULL && at_ < (list)->__size##item; at_++) \
            if ((list)->item[at_].member == (value))                           \
                found_ = &(list)->item[at_];                                   \
        found_;                                                                \
    })

/* The same for a row that has to be there. */
#define OURS(caller, what, list, item, member, value)              \
    ({                                                             \
        __auto_type ours_ = FIND(list, item, member, value);       \
        check((caller), (what), "ours among them", ours_ != NULL); \
        ours_;                                                     \
    })

/* A list has to be there, with so many rows. */
#define CHECK_SIZE(caller, what, list, item, expected)                 \
    do {                                                               \
        check((caller), (what), "a list", (list) != NULL);             \
        check_int((caller), (what), (expected), (list)->__size##item); \
    } while (0)

/* Creates a user with PASSWORD and ROUND_TRIP as its name, and answers its id. */
int create_user(struct caller *caller, char *name);

struct agent {
    int id;
    char *name;
};

void people(struct caller *caller);
void definitions(struct caller *caller, struct agent agent);
void customers(struct caller *caller);
void accounts(struct caller *caller);

/* Of svcAccounts, in files of their own: what an employee does itself, its picture,
   the lists and the feed of changes. */
void self(struct caller *caller, struct agent employee);
void avatars(struct caller *caller, int user);
void lookups(struct caller *caller, short role);
char *token_of_changes(struct caller *caller);
void changes(struct caller *caller, char *since, int user);

struct desk {
    char *brand, *department, *group;
    int brand_id, department_id, group_id, front_line_id;
    struct agent agent;
};

void open_desk(struct caller *caller, struct desk *desk);
void look_at_desk(struct caller *caller, const struct desk *desk);
void close_desk(struct caller *caller, const struct desk *desk);

#endif
