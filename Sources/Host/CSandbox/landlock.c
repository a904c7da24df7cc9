/* Which files a worker may read: libraries, and what the C library and language runtimes look at. */
#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
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
