/* The picture of a person: it comes as bytes, is answered and shown, and goes again. */

#include <string.h>

#include "caller.h"

/* A PNG of one pixel. */
static unsigned char picture[] = {
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48,
    0x44, 0x52, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00,
    0x00, 0x1f, 0x15, 0xc4, 0x89, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78,
    0xda, 0x63, 0x64, 0xf8, 0xcf, 0x50, 0x0f, 0x00, 0x03, 0x86, 0x01, 0x80, 0x5a, 0x34,
    0x7d, 0x6b, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
};

static void check_picture(struct caller *caller, const char *what, const void *bytes, size_t size)
{
    check_int(caller, text(caller, "size of %s", what), sizeof picture, size);
    check(caller, what, "the same bytes", memcmp(picture, bytes, size) == 0);
}

static void check_shown(struct caller *caller, const char *address)
{
    struct soap *soap = caller->soap;
    size_t size = 0;
    int error = soap_GET(soap, text(caller, "%s%s", caller->base, address), NULL) || soap_begin_recv(soap);
    check_int(caller, "error of the avatar's address", SOAP_OK, error);
    check_int(caller, "HTTP status of the avatar", 200, soap->status);
    check_text(caller, "media type of the avatar", "image/png", soap->http_content);
    char *bytes = soap_http_get_body(soap, &size);
    soap_end_recv(soap);
    check_picture(caller, "picture that is shown", bytes, size);
}

void avatars(struct caller *caller, int user)
{
    struct xsd__base64Binary given = {.__ptr = picture, .__size = sizeof picture};
    ACCOUNTS(caller, SetAvatar, .userId = user, .picture = given);
    __auto_type avatar = ACCOUNTS(caller, GetAvatar, .userId = user);
    check_picture(caller, "Picture", avatar->Picture.__ptr, avatar->Picture.__size);
    check_text(caller, "MediaType", "image/png", avatar->MediaType);
    check(caller, "UploadedAt", "a time", avatar->UploadedAt != NULL);
    check_shown(caller, avatar->AvatarUrl);
    ACCOUNTS(caller, RemoveAvatar, .userId = user);
    avatar = ACCOUNTS(caller, GetAvatar, .userId = user);
    check(caller, "Picture at the end", "none", avatar->Picture.__ptr == NULL);
    check_text(caller, "MediaType at the end", NULL, avatar->MediaType);
    struct xsd__base64Binary wrong = {.__ptr = (unsigned char *)"no picture", .__size = strlen("no picture")};
    ACCOUNTS_REFUSED(caller, SetAvatar, INVALID_VALUE, "picture", .userId = user, .picture = wrong);
}
