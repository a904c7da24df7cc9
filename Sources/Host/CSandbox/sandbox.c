#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static void close_from(int first) {
  int number;
  long most;
  if (syscall(436 /* close_range */, (unsigned)first, ~0u, 0) == 0) return;
  most = sysconf(_SC_OPEN_MAX);
  for (number = first; number < (most > 0 && most < 65536 ? most : 65536); number++) close(number);
}

int sandbox_settle(const char *name, int *channel, int *image) {
  static const int ours[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGPIPE, SIGUSR1, SIGUSR2, SIGXFSZ};
  size_t index;
  int nothing;
  close_from(3);
  *channel = fcntl(0, F_DUPFD_CLOEXEC, 3);
  *image = fcntl(1, F_DUPFD_CLOEXEC, 3);
  if (*channel < 0 || *image < 0) return errno;
  /* Not 0 and 1 themselves: a plugin that reads or prints must find nothing there. */
  nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(nothing, 1) < 0) return errno;
  close(nothing);
  for (index = 0; index < sizeof ours / sizeof ours[0]; index++) signal(ours[index], SIG_IGN);
  clearenv();
  prctl(PR_SET_NAME, name);
  return 0;
}

int sandbox_follow(int parent) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return errno;
  return getppid() == parent ? 0 : ESRCH;
}

static int limit(int what, uint64_t most) {
  struct rlimit present, wanted = {most, most};
  if (getrlimit(what, &present) != 0) return errno;
  /* Never more than there is. */
  if (present.rlim_max != RLIM_INFINITY && present.rlim_max < most) wanted.rlim_cur = wanted.rlim_max = present.rlim_max;
  return setrlimit(what, &wanted) == 0 ? 0 : errno;
}

/* A sanitizer has set aside more than any limit before this runs. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_SHADOW_MEMORY 1
#endif
#endif

static int enter_limits(const struct sandbox_plan *plan) {
  int error = limit(RLIMIT_CORE, 0);
  if (error == 0) error = limit(RLIMIT_FSIZE, 0);
  if (error == 0) error = limit(RLIMIT_MSGQUEUE, 0);
  if (error == 0) error = limit(RLIMIT_MEMLOCK, 64 << 10);
  if (error == 0) error = limit(RLIMIT_NOFILE, plan->descriptors);
#ifndef HAS_SHADOW_MEMORY
  if (error == 0) error = limit(RLIMIT_DATA, plan->data_bytes);
#endif
  return error;
}

static int drop_capabilities(void) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct none[2];
  int capability;
  memset(none, 0, sizeof none);
  (void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  /* Refused to who has none to drop; then there is nothing to be had either. */
  for (capability = 0; capability < 64; capability++) (void)prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  return syscall(SYS_capset, &header, none) == 0 ? 0 : errno;
}

static void note(struct sandbox_report *report, const struct sandbox_plan *plan, uint32_t layer, int error) {
  if (error == 0) {
    report->layers |= layer;
  } else if ((plan->required & layer) != 0 && report->missing == 0) {
    report->missing = layer;
    report->error = error;
  }
}

int sandbox_enter(const struct sandbox_plan *plan, struct sandbox_report *report) {
  int error;
  *report = (struct sandbox_report){0, 0, 0};
  note(report, plan, SANDBOX_RLIMITS, enter_limits(plan));
  error = unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS) == 0 ? 0 : errno;
  note(report, plan, SANDBOX_NAMESPACES, error);
  /* Elsewhere the system counts the threads of all processes of the user. */
  if (error == 0) (void)limit(RLIMIT_NPROC, plan->threads);
  note(report, plan, SANDBOX_CAPABILITIES, drop_capabilities());
  note(report, plan, SANDBOX_NO_NEW_PRIVS, prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : errno);
  note(report, plan, SANDBOX_LANDLOCK, sandbox_landlock());
  note(report, plan, SANDBOX_SECCOMP, sandbox_filter(plan->witness));
  return report->missing == 0 ? 0 : -1;
}
