/* Which files a worker may read: libraries, and what the C library and language runtimes look at. */
#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The numbers of landlock(7), which the headers of older systems lack. */
#define CREATE_RULESET 444
#define ADD_RULE 445
#define RESTRICT_SELF 446
#define ASK_VERSION 1u
#define RULE_PATH_BENEATH 1
#define EXECUTE 1ull
#define READ_FILE 4ull
#define READ_FOLDER 8ull

struct ruleset {
  uint64_t files, network, scopes;
};

struct beneath {
  uint64_t allowed;
  int32_t parent;
} __attribute__((packed));

static const char *const readable[] = {
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/zoneinfo", "/usr/share/locale",
    "/etc/ld.so.cache", "/etc/localtime", "/dev/null", "/dev/zero", "/dev/urandom", "/dev/random",
    "/proc/self", "/sys/devices/system/cpu",
};

/* Files, but no lists of them: libdispatch reads /proc/TID/stat of its threads and ends the process when it cannot.
   What of other processes needs more than an ordinary look, such as their memory and environment, stays closed. */
static const char *const without_lists[] = {"/proc"};

static void allow(int rules, const char *path, uint64_t lists) {
  struct stat information;
  struct beneath rule;
  rule.parent = open(path, O_PATH | O_CLOEXEC);
  if (rule.parent < 0) return;
  rule.allowed = EXECUTE | READ_FILE;
  if (fstat(rule.parent, &information) == 0 && S_ISDIR(information.st_mode)) rule.allowed |= lists;
  /* What cannot be allowed stays closed. */
  (void)syscall(ADD_RULE, rules, RULE_PATH_BENEATH, &rule, 0);
  close(rule.parent);
}

/* The runtime's libraries may lie anywhere. Their folder is opened when it is one for libraries, else they alone: the
   program's folder may hold other things. */
static int allow_loaded(struct dl_phdr_info *image, size_t size, void *rules) {
  char *folder, *end;
  (void)size;
  if (image->dlpi_name == NULL || image->dlpi_name[0] != '/') return 0;
  folder = strdup(image->dlpi_name);
  if (folder == NULL) return 0;
  end = strrchr(folder, '/');
  *end = 0;
  allow(*(const int *)rules, strstr(folder, "/lib") != NULL ? folder : image->dlpi_name, READ_FOLDER);
  free(folder);
  return 0;
}

static int lies_below(const char *path, const char *folder) {
  size_t length = strlen(folder);
  return strncmp(path, folder, length) == 0 && (path[length] == 0 || path[length] == '/');
}

struct search {
  const char *path;
  int is_found;
};

static int compare_loaded(struct dl_phdr_info *image, size_t size, void *context) {
  struct search *search = context;
  char *whole, *end;
  (void)size;
  if (image->dlpi_name == NULL || image->dlpi_name[0] != '/' || (whole = realpath(image->dlpi_name, NULL)) == NULL) return 0;
  end = strrchr(whole, '/');
  if (strcmp(search->path, whole) == 0) search->is_found = 1;
  *end = 0;
  if (strstr(image->dlpi_name, "/lib") != NULL && lies_below(search->path, whole)) search->is_found = 1;
  free(whole);
  return search->is_found;
}

/* Whether a file of /proc belongs to another process; the threads of one are listed like processes. `meant` is the path
   before links were followed, which are those of the process that asks. */
static int is_of_another(const char *path, const char *meant, int pid) {
  char own[64], *rest;
  long number = strtol(path + strlen("/proc/"), &rest, 10);
  if (rest == path + strlen("/proc/") || number == pid) return 0;
  if (number == getpid() && strncmp(meant, "/proc/self", strlen("/proc/self")) == 0) return 0;
  snprintf(own, sizeof own, "/proc/%d/task/%ld", pid, number);
  return access(own, F_OK) != 0;
}

int sandbox_may_read(const char *path, int pid) {
  struct search search = {path, 0};
  char *whole = realpath(path, NULL);
  size_t index;
  if (whole == NULL) return errno == ENOENT;
  search.path = whole;
  for (index = 0; index < sizeof readable / sizeof readable[0] && !search.is_found; index++) {
    char *folder = realpath(readable[index], NULL);
    search.is_found = folder != NULL && lies_below(whole, folder);
    free(folder);
  }
  if (strncmp(whole, "/proc/", strlen("/proc/")) == 0) search.is_found = !is_of_another(whole, path, pid);
  if (!search.is_found) dl_iterate_phdr(compare_loaded, &search);
  free(whole);
  return search.is_found;
}

int sandbox_landlock(void) {
  long version = syscall(CREATE_RULESET, NULL, 0, ASK_VERSION);
  struct ruleset all = {0x1FFF, 0, 0}; /* files as version 1 knows them */
  size_t size = sizeof(uint64_t), index;
  int rules, result = 0;
  if (version < 1) return errno == 0 ? ENOSYS : errno;
  if (version >= 2) all.files |= 1u << 13; /* moving between folders */
  if (version >= 3) all.files |= 1u << 14; /* truncating */
  if (version >= 5) all.files |= 1u << 15; /* ioctl of devices */
  if (version >= 4) {
    all.network = 3; /* binding and connecting TCP */
    size = 2 * sizeof(uint64_t);
  }
  if (version >= 6) {
    all.scopes = 3; /* abstract sockets, signals */
    size = 3 * sizeof(uint64_t);
  }
  rules = (int)syscall(CREATE_RULESET, &all, size, 0);
  if (rules < 0) return errno;
  for (index = 0; index < sizeof readable / sizeof readable[0]; index++) allow(rules, readable[index], READ_FOLDER);
  for (index = 0; index < sizeof without_lists / sizeof without_lists[0]; index++) allow(rules, without_lists[index], 0);
  dl_iterate_phdr(allow_loaded, &rules);
  if (syscall(RESTRICT_SELF, rules, 0) != 0) result = errno;
  close(rules);
  return result;
}
