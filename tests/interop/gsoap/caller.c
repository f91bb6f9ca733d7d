#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "caller.h"

char *text(struct caller *caller, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    int length = vsnprintf(NULL, 0, format, values);
    va_end(values);
    char *made = soap_malloc(caller->soap, length + 1);
    va_start(values, format);
    vsnprintf(made, length + 1, format, values);
    va_end(values);
    return made;
}

static void judge(struct caller *caller, int good, const char *what, const char *wanted, const char *seen)
{
    if (!good) {
        fprintf(stderr, "gsoap, SOAP 1.%d: %s: expected %s, saw %s.\n", caller->version, what, wanted, seen);
        exit(1);
    }
    caller->passed++;
}

void check(struct caller *caller, const char *what, const char *wanted, int good)
{
    judge(caller, good, what, wanted, "none");
}

void check_int(struct caller *caller, const char *what, long expected, long seen)
{
    judge(caller, expected == seen, what, text(caller, "%ld", expected), text(caller, "%ld", seen));
}

void check_double(struct caller *caller, const char *what, double expected, double seen)
{
    judge(caller, expected == seen, what, text(caller, "%.17g", expected), text(caller, "%.17g", seen));
}

static char *quoted(struct caller *caller, const char *value)
{
    return value == NULL ? "nothing" : text(caller, "\"%s\"", value);
}

void check_text(struct caller *caller, const char *what, const char *expected, const char *seen)
{
    int same = expected == NULL || seen == NULL ? expected == seen : strcmp(expected, seen) == 0;
    judge(caller, same, what, quoted(caller, expected), quoted(caller, seen));
}

void check_answered(struct caller *caller, const char *operation, int error, const void *result)
{
    char problem[1000];
    if (error != SOAP_OK)
        soap_sprint_fault(caller->soap, problem, sizeof problem);
    judge(caller, error == SOAP_OK, operation, "an answer", problem);
    check(caller, operation, "a result", result != NULL);
    check_int(caller, text(caller, "HTTP status of %s", operation), 200, caller->soap->status);
    check_int(caller, text(caller, "version of SOAP of %s", operation), caller->version, caller->soap->version);
}

void check_outcome(struct caller *caller, const char *operation, int code, int result,
    int result_code, const char *message)
{
    char *what = text(caller, "Result and ResultCode of %s (%s)", operation, message);
    char *wanted = text(caller, "%d and %d", code == SUCCESS, code);
    judge(caller, result == (code == SUCCESS) && result_code == code, what, wanted,
        text(caller, "%d and %d", result, result_code));
}

void check_errors(struct caller *caller, const char *operation, int code, const char *field,
    const struct structure__ArrayOfFieldError *errors)
{
    char *what = text(caller, "Errors of %s", operation);
    if (code == SUCCESS) {
        check(caller, what, "no list", errors == NULL);
        return;
    }
    CHECK_SIZE(caller, what, errors, FieldError, 1);
    check_text(caller, text(caller, "Field in %s", what), field, errors->FieldError[0].Field);
    check_int(caller, text(caller, "Code in %s", what), code, errors->FieldError[0].Code);
}

static int by_field(const void *one, const void *other)
{
    const struct accounts__FieldError *left = one, *right = other;
    return strcmp(left->Field, right->Field);
}

void check_fields(struct caller *caller, const char *operation, int code, const char *fields,
    const struct accounts__ArrayOfFieldError *errors)
{
    char *what = text(caller, "Errors of %s", operation);
    if (errors == NULL) {
        check_text(caller, what, fields, NULL);
        return;
    }
    char *seen = "";
    qsort(errors->FieldError, errors->__sizeFieldError, sizeof *errors->FieldError, by_field);
    for (int at = 0; at < errors->__sizeFieldError; at++) {
        seen = text(caller, at == 0 ? "%s%s" : "%s,%s", seen, errors->FieldError[at].Field);
        check_int(caller, text(caller, "Code in %s", what), code, errors->FieldError[at].Code);
    }
    check_text(caller, what, fields, seen);
}

int create_user(struct caller *caller, char *name)
{
    char *email = text(caller, "%s@example.org", name);
    __auto_type made = ORGANIZATION(caller, CreateUser2, SUCCESS, .username = name, .password = PASSWORD,
        .email = email, .isEmailVerified = xsd__boolean__true_, .displayName = ROUND_TRIP);
    check(caller, "id of a new user", "3 or more", made->UserID >= 3);
    return made->UserID;
}
