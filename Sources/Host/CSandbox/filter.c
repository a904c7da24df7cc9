/* The system calls a worker may make: a list, because what is not thought of must not be allowed. */
#define _GNU_SOURCE
#include "sandbox.h"
#include "witness.h"

#include <asm/unistd.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#define X32_BIT 0x40000000u
#elif defined(__aarch64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "There is no list of system calls for this machine."
#endif

#define ALLOW SECCOMP_RET_ALLOW
#define REFUSE(error) (SECCOMP_RET_ERRNO | (error))
#define ARGUMENT(n) (offsetof(struct seccomp_data, args) + 8 * (n)) /* its lower half; both machines are little-endian */

/* Numbers newer than the headers of some systems. */
#ifndef __NR_clone3
#define __NR_clone3 435
#endif
#ifndef __NR_close_range
#define __NR_close_range 436
#endif
#ifndef __NR_faccessat2
#define __NR_faccessat2 439
#endif
#ifndef __NR_futex_waitv
#define __NR_futex_waitv 449
#endif
/* Of seccomp(2), for the headers of older systems. */
#define NEW_LISTENER 8u
#define ASK_WITNESS 0x7fc00000u
/* From here on a system call is younger than this list, and programs expect to hear that it does not exist. */
#define FIRST_UNKNOWN 450u

/* The most frequent first: the filter is read from the top at each call. */
static const int allowed[] = {
    /* sending needs a socket, and none but the one to the gateway is to be had */
    __NR_futex, __NR_read, __NR_sendto, __NR_write, __NR_epoll_pwait, __NR_writev, __NR_readv, __NR_mmap, __NR_munmap, __NR_mprotect,
    __NR_madvise, __NR_brk, __NR_ppoll, __NR_clock_gettime, __NR_clock_nanosleep, __NR_nanosleep, __NR_sched_yield,
    __NR_getpid, __NR_gettid, __NR_exit, __NR_exit_group, __NR_restart_syscall, __NR_rt_sigreturn,
    /* threads and time */
    __NR_set_robust_list, __NR_get_robust_list, __NR_rseq, __NR_set_tid_address, __NR_membarrier, __NR_futex_waitv,
    __NR_sched_getaffinity, __NR_sched_getparam, __NR_sched_getscheduler, __NR_sched_get_priority_max,
    __NR_sched_get_priority_min, __NR_getcpu, __NR_clock_getres, __NR_gettimeofday, __NR_times, __NR_getitimer,
    __NR_setitimer, __NR_timer_create, __NR_timer_settime, __NR_timer_gettime, __NR_timer_getoverrun, __NR_timer_delete,
    __NR_timerfd_create, __NR_timerfd_settime, __NR_timerfd_gettime,
    /* signals within the process; who may be signalled is decided below */
    __NR_rt_sigaction, __NR_rt_sigprocmask, __NR_rt_sigpending, __NR_rt_sigsuspend, __NR_rt_sigtimedwait,
    __NR_sigaltstack,
    /* memory */
    __NR_mremap, __NR_mincore, __NR_msync, __NR_mlock, __NR_munlock, __NR_memfd_create,
    /* what is open; what may be opened is decided below */
    __NR_close, __NR_close_range, __NR_dup, __NR_dup3, __NR_pipe2, __NR_eventfd2, __NR_epoll_create1, __NR_epoll_ctl,
    __NR_pselect6, __NR_pread64, __NR_preadv, __NR_pwrite64, __NR_lseek, __NR_fstat, __NR_newfstatat, __NR_statx,
    __NR_statfs, __NR_fstatfs, __NR_readlinkat, __NR_faccessat, __NR_faccessat2, __NR_getdents64, __NR_getcwd,
    __NR_fadvise64,
    /* who and where it is */
    __NR_getppid, __NR_getuid, __NR_geteuid, __NR_getgid, __NR_getegid, __NR_getgroups, __NR_getresuid, __NR_getresgid,
    __NR_getpgid, __NR_getsid, __NR_uname, __NR_sysinfo, __NR_getrusage, __NR_getrandom, __NR_getpriority,
#if defined(__x86_64__)
    __NR_epoll_wait, __NR_poll, __NR_select, __NR_dup2, __NR_pipe, __NR_eventfd, __NR_epoll_create, __NR_stat, __NR_lstat,
    __NR_readlink, __NR_access, __NR_getdents, __NR_time, __NR_arch_prctl, __NR_getrlimit, __NR_alarm, __NR_pause,
    __NR_getpgrp,
#endif
};

/* What a process may ask of itself; not that the end of its parent no longer ends it. */
static const unsigned prctl_options[] = {PR_SET_NAME, PR_GET_NAME, PR_GET_DUMPABLE, 0x53564d41 /* PR_SET_VMA */};
/* Not whom a descriptor signals: that would be a way to signal others. */
static const unsigned fcntl_commands[] = {F_GETFL, F_SETFL, F_GETFD, F_SETFD, F_DUPFD, F_DUPFD_CLOEXEC, 1033, 1034};
/* TCGETS, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX: nothing that types into a terminal. */
static const unsigned ioctl_requests[] = {0x5401, 0x541B, 0x5421, 0x5450, 0x5451};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
enum { MOST = 512 };

struct program {
  struct sock_filter code[MOST];
  unsigned short length;
};

static void add(struct program *program, unsigned short code, unsigned char yes, unsigned char no, unsigned value) {
  if (program->length < MOST) program->code[program->length] = (struct sock_filter){code, yes, no, value};
  program->length++;
}

static void load(struct program *program, unsigned offset) { add(program, BPF_LD | BPF_W | BPF_ABS, 0, 0, offset); }

static void answer(struct program *program, unsigned action) { add(program, BPF_RET | BPF_K, 0, 0, action); }

static void when_equal(struct program *program, unsigned value, unsigned action) {
  add(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, value);
  answer(program, action);
}

/* What is answered to calls that are not on the list, and to those that open a file for reading. */
struct answers {
  unsigned refused, reading;
};

/* A system call that is allowed when an argument, or some bits of it, is one of a few values. */
static void when_argument(struct program *program, const struct answers *answers, int number, unsigned argument, unsigned mask,
                          const unsigned *values, unsigned count) {
  unsigned index;
  unsigned skipped = 1 + (mask != ~0u) + 2 * count + 1;
  unsigned fitting = ALLOW;
  if (number == __NR_openat) fitting = answers->reading;
#ifdef __NR_open
  if (number == __NR_open) fitting = answers->reading;
#endif
  add(program, BPF_JMP | BPF_JEQ | BPF_K, 0, (unsigned char)skipped, (unsigned)number);
  load(program, ARGUMENT(argument));
  if (mask != ~0u) add(program, BPF_ALU | BPF_AND | BPF_K, 0, 0, mask);
  for (index = 0; index < count; index++) when_equal(program, values[index], fitting);
  answer(program, answers->refused);
}

/* A descriptor when there are answers to be given, else 0; or less than that, with errno. */
static int install(const struct answers *answers, unsigned flags) {
  static struct program program; /* too large for a small stack */
  const unsigned none = 0, own = (unsigned)getpid(), thread = CLONE_THREAD;
  const unsigned spaces = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | 0x02000000 /* CLONE_NEWCGROUP */;
  const unsigned writes = O_ACCMODE | O_CREAT | O_TRUNC | (020000000 /* O_TMPFILE without O_DIRECTORY */);
  struct sock_fprog filter;
  size_t index;
  program.length = 0;
  load(&program, offsetof(struct seccomp_data, arch));
  add(&program, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, OWN_ARCHITECTURE);
  answer(&program, SECCOMP_RET_KILL_PROCESS);
  load(&program, offsetof(struct seccomp_data, nr));
#ifdef X32_BIT
  add(&program, BPF_JMP | BPF_JGE | BPF_K, 0, 1, X32_BIT);
  answer(&program, REFUSE(EPERM));
#endif
  for (index = 0; index < COUNT(allowed); index++) when_equal(&program, (unsigned)allowed[index], ALLOW);
  /* By this the descriptor itself is sent; there is no other socket either. */
  if (flags != 0) when_equal(&program, __NR_sendmsg, ALLOW);
  /* The C library then makes its threads with clone, whose flags can be seen here. */
  when_equal(&program, __NR_clone3, REFUSE(ENOSYS));
  /* Priorities stay; libdispatch, which wants others for its threads, would write to the system's log each time it gets none. */
  when_equal(&program, __NR_setpriority, REFUSE(0));
  when_argument(&program, answers, __NR_clone, 0, CLONE_THREAD | spaces, &thread, 1);
  when_argument(&program, answers, __NR_openat, 2, writes, &none, 1);
#ifdef __NR_open
  when_argument(&program, answers, __NR_open, 1, writes, &none, 1);
#endif
  when_argument(&program, answers, __NR_tgkill, 0, ~0u, &own, 1);
  when_argument(&program, answers, __NR_kill, 0, ~0u, &own, 1);
  when_argument(&program, answers, __NR_prlimit64, 0, ~0u, &none, 1);
  when_argument(&program, answers, __NR_prctl, 0, ~0u, prctl_options, COUNT(prctl_options));
  when_argument(&program, answers, __NR_fcntl, 1, ~0u, fcntl_commands, COUNT(fcntl_commands));
  when_argument(&program, answers, __NR_ioctl, 1, ~0u, ioctl_requests, COUNT(ioctl_requests));
  add(&program, BPF_JMP | BPF_JGE | BPF_K, 0, 1, FIRST_UNKNOWN);
  answer(&program, REFUSE(ENOSYS));
  answer(&program, answers->refused);
  if (program.length > MOST) {
    errno = E2BIG;
    return -1;
  }
  filter = (struct sock_fprog){program.length, program.code};
  return (int)syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, flags, &filter);
}

int sandbox_filter(int witness) {
  const struct answers asked = {ASK_WITNESS, ASK_WITNESS}, plain = {REFUSE(EPERM), ALLOW};
  int listener, error;
  if (witness >= 0) {
    listener = install(&asked, NEW_LISTENER);
    if (listener >= 0) {
      error = witness_send(witness, listener);
      close(listener);
      return error;
    }
  }
  return install(&plain, 0) == 0 ? 0 : errno;
}
