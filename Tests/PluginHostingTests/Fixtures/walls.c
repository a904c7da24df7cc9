/* Tries what a worker must not do, one thing for each call, and answers with errno: 0 when it worked.
 * The body {"try":"NAME"} says what; "look" answers with what the process has. */
#include "fixture.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static long opened(const char *path, int flags) {
  int file = open(path, flags, 0600);
  if (file >= 0) close(file);
  return file;
}

static void *nothing(void *argument) { return argument; }

static long thread(void) {
  pthread_t other;
  int error = pthread_create(&other, NULL, nothing, NULL);
  if (error == 0) pthread_join(other, NULL);
  errno = error;
  return error == 0 ? 0 : -1;
}

static long child(long pid) {
  if (pid == 0) _exit(0);
  if (pid > 0) waitpid((pid_t)pid, NULL, 0);
  return pid;
}

static long of_the_gateway(const char *file) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", getppid(), file);
  return opened(path, O_RDONLY);
}

static long raise_limit(void) {
  struct rlimit most = {RLIM_INFINITY, RLIM_INFINITY};
  return setrlimit(RLIMIT_DATA, &most);
}

static long written_memory(void) {
  int file = memfd_create("walls", 0);
  long result = file < 0 ? -1 : write(file, "x", 1);
  if (file >= 0) close(file);
  return result;
}

static long attempt(const char *what) {
  char *const arguments[] = {"true", NULL};
  struct rlimit limit;
#define IS(name) (strcmp(what, name) == 0)
  if (IS("read-passwd")) return opened("/etc/passwd", O_RDONLY);
  if (IS("list-root")) return opened("/", O_RDONLY | O_DIRECTORY);
  if (IS("read-library")) return opened("/etc/ld.so.cache", O_RDONLY);
  if (IS("write-file")) return opened("/tmp/beamline-walls", O_WRONLY | O_CREAT | O_TRUNC);
  if (IS("write-null")) return opened("/dev/null", O_WRONLY);
  if (IS("make-folder")) return mkdir("/tmp/beamline-walls", 0700);
  if (IS("remove-file")) return unlink("/tmp/beamline-walls");
  if (IS("grow-memory-file")) return written_memory();
  if (IS("gateway-memory")) return of_the_gateway("mem");
  if (IS("gateway-environment")) return of_the_gateway("environ");
  if (IS("gateway-root")) return of_the_gateway("root/etc/passwd");
  if (IS("socket")) return socket(AF_INET, SOCK_STREAM, 0);
  if (IS("local-socket")) return socket(AF_UNIX, SOCK_STREAM, 0);
  if (IS("connect")) return connect(3, NULL, 0);
  if (IS("exec")) return execv("/bin/true", arguments);
  if (IS("fork")) return child(fork());
  if (IS("vfork")) return child(syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL));
  if (IS("clone3")) return syscall(435, NULL, 0);
  if (IS("thread")) return thread();
  if (IS("ptrace")) return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
  if (IS("peek")) return syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0);
  if (IS("signal-gateway")) return kill(getppid(), 0);
  if (IS("signal-itself")) return kill(getpid(), 0);
  if (IS("signal-by-descriptor")) return fcntl(2, F_SETOWN, getppid());
  if (IS("outlive-gateway")) return prctl(PR_SET_PDEATHSIG, 0);
  if (IS("mount")) return mount("none", "/tmp", "tmpfs", 0, NULL);
  if (IS("bpf")) return syscall(SYS_bpf, 0, NULL, 0);
  if (IS("keyring")) return syscall(SYS_keyctl, 0, 0);
  if (IS("userfaultfd")) return syscall(SYS_userfaultfd, 0);
  if (IS("io_uring")) return syscall(425, 1, NULL);
  if (IS("namespace")) return unshare(CLONE_NEWUSER);
  if (IS("raise-limit")) return raise_limit();
  if (IS("limit-gateway")) return syscall(SYS_prlimit64, getppid(), RLIMIT_CORE, NULL, &limit);
#if defined(__x86_64__)
  if (IS("x32")) return syscall(0x40000000 | SYS_getpid);
#endif
  errno = EINVAL;
  return -2;
}

/* What the system says of the process: its status, its descriptors, its environment. */
static void look(char *text, size_t size) {
  char line[256];
  size_t used = 0, environment = 0, count = 0;
  FILE *status = fopen("/proc/self/status", "r");
  DIR *folder = opendir("/proc/self/fd");
  struct dirent *entry;
  while (environ != NULL && environ[environment] != NULL) environment++;
  while (status != NULL && fgets(line, sizeof line, status) != NULL) {
    if (strncmp(line, "CapEff", 6) && strncmp(line, "CapBnd", 6) && strncmp(line, "NoNewPrivs", 10) && strncmp(line, "Seccomp:", 8)) continue;
    line[strcspn(line, "\n")] = 0;
    used += (size_t)snprintf(text + used, size - used, "%.*s=%s ", (int)strcspn(line, ":"), line, line + strcspn(line, "0123456789"));
  }
  if (status != NULL) fclose(status);
  while (folder != NULL && (entry = readdir(folder)) != NULL) {
    char path[300], target[128] = {0};
    snprintf(path, sizeof path, "/proc/self/fd/%s", entry->d_name);
    if (entry->d_name[0] == '.' || readlink(path, target, sizeof target - 1) < 0 || strstr(target, "/proc/") != NULL) continue;
    /* The kinds of descriptor that the runtimes of plugins open for themselves. */
    if (strstr(target, "anon_inode") != NULL) continue;
    count++;
    used += (size_t)snprintf(text + used, size - used, "fd=%.6s ", target);
  }
  if (folder != NULL) closedir(folder);
  snprintf(text + used, size - used, "descriptors=%zu environment=%zu", count, environment);
}

static beam_status on_call(beam_instance *self, const beam_request *request) {
  char what[64] = {0}, json[2048], text[1536];
  if (request->body.len < 10 || request->body.len - 10 >= sizeof what) return BEAM_INVALID_ARGUMENT;
  memcpy(what, request->body.ptr + 8, request->body.len - 10);
  if (strcmp(what, "look") == 0) {
    look(text, sizeof text);
    snprintf(json, sizeof json, "\"%s\"", text);
  } else {
    errno = 0;
    long result = attempt(what);
    snprintf(json, sizeof json, "%d", result == -1 || result == -2 ? errno : 0);
  }
  return answer(self, request->call, BEAM_OK, (beam_str){json, strlen(json)}), BEAM_OK;
}
