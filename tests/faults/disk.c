/* A disk that fails, for programs started with LD_PRELOAD: it writes down what becomes of the files of one folder, and gives errors on
 * request. It knows nothing of databases.
 *
 * FAULTS_FOLDER  the folder, without links in it; files elsewhere are left alone
 * FAULTS_LOG     where to write down each open, write, change of length, sync and removal, in their order; left out: nowhere
 * FAULTS_SWITCH  a file of one byte that is looked at with each call: 'f' the disk is full, 'r' it cannot be written, 's' it cannot
 *                sync, anything else: it works; left out: it always works
 *
 * Nothing is really synced: what a loss of power leaves is worked out from the log, and tests are quicker.
 * A record of the log is a kind, an id (4 bytes), a number and a length (8 bytes each, as this machine has them), and that many bytes:
 *   'o' id, name: a file was opened, and made if it was not there     'w' id, offset, bytes: written
 *   't' id, length: its length was set     's' id: it was synced      'd': the folder was synced     'u' name: a file was removed
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define DESCRIPTORS 65536
#define FOLDER UINT32_MAX

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static int out = -1;
static const volatile char *switched;
/* What each descriptor is: 0 nothing of ours, FOLDER the folder, else the id of a file. */
static uint32_t ids[DESCRIPTORS];
static uint32_t opened;

static void begin(void) {
    folder = getenv("FAULTS_FOLDER");
    const char *log = getenv("FAULTS_LOG");
    const char *path = getenv("FAULTS_SWITCH");
    if (log != NULL) {
        out = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (out < 0) abort();
    }
    if (path != NULL) {
        int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
        void *page = mmap(NULL, 1, PROT_READ, MAP_SHARED, fd, 0);
        if (fd < 0 || page == MAP_FAILED) abort();
        switched = page;
    }
}

static int is(char trouble) {
    return switched != NULL && *switched == trouble;
}

static int fails(int error) {
    errno = error;
    return -1;
}

/* The name of a path within the folder, empty for the folder itself, or nothing. */
static const char *name_of(const char *path) {
    size_t length = folder == NULL ? 0 : strlen(folder);
    if (length == 0 || strncmp(path, folder, length) != 0) return NULL;
    if (path[length] == '\0') return path + length;
    return path[length] == '/' ? path + length + 1 : NULL;
}

static uint32_t id_of(int fd) {
    pthread_once(&once, begin);
    return fd >= 0 && fd < DESCRIPTORS ? __atomic_load_n(&ids[fd], __ATOMIC_RELAXED) : 0;
}

static void put(const void *bytes, size_t length) {
    const char *from = bytes;
    while (length > 0) {
        ssize_t done = syscall(SYS_write, out, from, length);
        if (done <= 0) abort();
        from += done;
        length -= (size_t)done;
    }
}

static void record(char kind, uint32_t id, uint64_t number, const void *bytes, uint64_t length) {
    char head[1 + 4 + 8 + 8];
    if (out < 0) return;
    head[0] = kind;
    memcpy(head + 1, &id, 4);
    memcpy(head + 5, &number, 8);
    memcpy(head + 13, &length, 8);
    put(head, sizeof head);
    put(bytes, length);
}

static int opening(const char *path, int flags, mode_t mode) {
    pthread_once(&once, begin);
    const char *name = name_of(path);
    if (name != NULL && is('r') && (flags & (O_CREAT | O_TRUNC | O_ACCMODE)) != O_RDONLY && !(flags & O_DIRECTORY)) {
        return fails(EROFS);
    }
    pthread_mutex_lock(&order);
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    if (fd >= 0 && fd < DESCRIPTORS) {
        uint32_t id = name == NULL ? 0 : *name == '\0' ? FOLDER : ++opened;
        __atomic_store_n(&ids[fd], id, __ATOMIC_RELAXED);
        if (id != 0 && id != FOLDER) {
            record('o', id, 0, name, strlen(name));
            if (flags & O_TRUNC) record('t', id, 0, NULL, 0);
        }
    }
    pthread_mutex_unlock(&order);
    return fd;
}

static mode_t mode_of(int flags, va_list rest) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return opening(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return opening(path, flags, mode);
}

int close(int fd) {
    if (id_of(fd) != 0) __atomic_store_n(&ids[fd], 0, __ATOMIC_RELAXED);
    return (int)syscall(SYS_close, fd);
}

/* A full disk takes what needs no more room. */
static ssize_t writing(int fd, uint32_t id, const void *bytes, size_t length, off_t offset) {
    struct stat status;
    if (is('r')) return fails(EROFS);
    if (is('f')) {
        if (fstat(fd, &status) != 0) return -1;
        if (offset >= status.st_size) return fails(ENOSPC);
        if ((off_t)length > status.st_size - offset) length = (size_t)(status.st_size - offset);
    }
    pthread_mutex_lock(&order);
    ssize_t done = syscall(SYS_pwrite64, fd, bytes, length, offset);
    if (done > 0) record('w', id, (uint64_t)offset, bytes, (uint64_t)done);
    pthread_mutex_unlock(&order);
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
    uint32_t id = id_of(fd);
    if (id == 0) return syscall(SYS_pwrite64, fd, bytes, length, offset);
    return writing(fd, id, bytes, length, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
    return pwrite64(fd, bytes, length, offset);
}

ssize_t write(int fd, const void *bytes, size_t length) {
    uint32_t id = id_of(fd);
    if (id == 0) return syscall(SYS_write, fd, bytes, length);
    off_t offset = lseek(fd, 0, SEEK_CUR);
    ssize_t done = offset < 0 ? -1 : writing(fd, id, bytes, length, offset);
    if (done > 0) lseek(fd, offset + done, SEEK_SET);
    return done;
}

int ftruncate64(int fd, off64_t length) {
    struct stat status;
    uint32_t id = id_of(fd);
    if (id == 0) return (int)syscall(SYS_ftruncate, fd, length);
    if (is('r')) return fails(EROFS);
    if (is('f') && fstat(fd, &status) == 0 && length > status.st_size) return fails(ENOSPC);
    pthread_mutex_lock(&order);
    int done = (int)syscall(SYS_ftruncate, fd, length);
    if (done == 0) record('t', id, (uint64_t)length, NULL, 0);
    pthread_mutex_unlock(&order);
    return done;
}

int ftruncate(int fd, off_t length) {
    return ftruncate64(fd, length);
}

int fsync(int fd) {
    uint32_t id = id_of(fd);
    if (id == 0) return (int)syscall(SYS_fsync, fd);
    if (is('r')) return fails(EROFS);
    if (is('s')) return fails(EIO);
    pthread_mutex_lock(&order);
    record(id == FOLDER ? 'd' : 's', id, 0, NULL, 0);
    pthread_mutex_unlock(&order);
    return 0;
}

int fdatasync(int fd) {
    return fsync(fd);
}

int unlink(const char *path) {
    pthread_once(&once, begin);
    const char *name = name_of(path);
    if (name == NULL) return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (is('r')) return fails(EROFS);
    pthread_mutex_lock(&order);
    int done = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (done == 0) record('u', 0, 0, name, strlen(name));
    pthread_mutex_unlock(&order);
    return done;
}
