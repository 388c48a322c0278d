/* Fails, cuts or records file operations below FAULT_DIR, and kills the process in the middle of one.
 *
 * FAULT_AT    the operation (from 1) at which it happens; 0: never
 * FAULT_KIND  kill: half of the write, then SIGKILL · full: half of the write, from then on ENOSPC
 *             eio: EIO once · short: half of the write, once
 * FAULT_LOG   every operation is appended: "kind path offset length\n", with FAULT_DATA=1 followed by its bytes
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static const char *dir, *kind;
static size_t dir_length;
static long at, count;
static int full, log_fd = -1, with_data;

__attribute__((constructor)) static void start(void) {
  const char *text = getenv("FAULT_AT"), *log = getenv("FAULT_LOG");
  dir = getenv("FAULT_DIR");
  dir_length = dir ? strlen(dir) : 0;
  kind = getenv("FAULT_KIND") ? getenv("FAULT_KIND") : "";
  at = text ? atol(text) : 0;
  with_data = getenv("FAULT_DATA") != NULL;
  if (log) log_fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int is_ours(const char *path) { return dir && path && strncmp(path, dir, dir_length) == 0; }

static int path_of(int fd, char *path, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, size - 1);
  path[length > 0 ? length : 0] = 0;
  return is_ours(path);
}

static void raw_write(const void *data, size_t length) {
  REAL(write);
  if (real(log_fd, data, length) != (ssize_t)length) abort();
}

static void note(const char *what, const char *path, off_t offset, size_t length, const void *data) {
  if (log_fd < 0) return;
  char line[5000];
  int size = snprintf(line, sizeof line, "%s\t%s\t%lld\t%zu\n", what, path, (long long)offset, length);
  raw_write(line, size);
  if (with_data && data) raw_write(data, length);
}

static void note_text(const char *what, const char *path, off_t offset, const char *text) {
  note(what, path, offset, text ? strlen(text) : 0, text);
}

/* 0: go on · 1: fail with errno · 2: only half of it */
static int turn(void) {
  long now = __atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST);
  if (at == 0 || now != at) return 0;
  if (!strcmp(kind, "eio")) return errno = EIO, 1;
  if (!strcmp(kind, "full")) full = 1;
  return 2;
}
static void die(void) { if (!strcmp(kind, "kill")) raise(SIGKILL); }
static ssize_t no_space(void) { return errno = ENOSPC, -1; }

#define WRITER(name, type) \
  ssize_t name(int fd, const void *data, size_t length, type offset) { \
    REAL(name); \
    char path[4096]; \
    if (!path_of(fd, path, sizeof path)) return real(fd, data, length, offset); \
    if (full) return no_space(); \
    note("write", path, offset, length, data); \
    int what = turn(); \
    if (what == 1) return -1; \
    ssize_t done = real(fd, data, what == 2 && length > 1 ? length / 2 : length, offset); \
    if (what == 2) die(); \
    return done; \
  }
WRITER(pwrite, off_t)
WRITER(pwrite64, off64_t)

ssize_t write(int fd, const void *data, size_t length) {
  REAL(write);
  char path[4096];
  /* Descriptor 3 is what the process says: recorded between the operations, so that a power cut knows what was said. */
  if (fd == 3 && with_data) note("said", "", 0, length, data);
  if (fd == log_fd || !path_of(fd, path, sizeof path)) return real(fd, data, length);
  if (full) return no_space();
  note("write", path, lseek(fd, 0, SEEK_CUR), length, data);
  int what = turn();
  if (what == 1) return -1;
  ssize_t done = real(fd, data, what == 2 && length > 1 ? length / 2 : length);
  if (what == 2) die();
  return done;
}

/* Whole operations: killed before they happen. */
#define WHOLE(name, what, parameters, ours, file, offset, extra, arguments) \
  int name parameters { \
    REAL(name); \
    char path[4096]; \
    if (!(ours)) return real arguments; \
    note_text(what, file, offset, extra); \
    int then = turn(); \
    if (then == 1) return -1; \
    if (then == 2) die(); \
    return real arguments; \
  }
#define NONE ((const char *)0)
#define OURS_FD path_of(fd, path, sizeof path)
#define OURS_PATH ((void)path, is_ours(name))
WHOLE(fsync, "sync", (int fd), OURS_FD, path, 0, NONE, (fd))
WHOLE(fdatasync, "sync", (int fd), OURS_FD, path, 0, NONE, (fd))
WHOLE(ftruncate, "truncate", (int fd, off_t size), OURS_FD, path, size, NONE, (fd, size))
WHOLE(ftruncate64, "truncate", (int fd, off64_t size), OURS_FD, path, size, NONE, (fd, size))
WHOLE(unlink, "unlink", (const char *name), OURS_PATH, name, 0, NONE, (name))
WHOLE(remove, "unlink", (const char *name), OURS_PATH, name, 0, NONE, (name))
WHOLE(rmdir, "rmdir", (const char *name), OURS_PATH, name, 0, NONE, (name))
WHOLE(rename, "rename", (const char *name, const char *to), OURS_PATH, name, 0, to, (name, to))

int unlinkat(int fd, const char *name, int flags) {
  REAL(unlinkat);
  char path[8192];
  if (name[0] == '/') snprintf(path, sizeof path, "%s", name);
  else if (path_of(fd, path, 4096)) { strcat(path, "/"); strncat(path, name, 4000); }
  if (!is_ours(path)) return real(fd, name, flags);
  note("unlink", path, 0, 0, NULL);
  int what = turn();
  if (what == 1) return -1;
  if (what == 2) die();
  return real(fd, name, flags);
}
