#define _GNU_SOURCE
#include "witness.h"

#include <asm/unistd.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* The numbers and structs of seccomp_unotify(2), which the headers of older systems lack. */
#define GET_SIZES 3
#define GO_ON 1u

struct sizes {
  uint16_t question, answer, data;
};

struct question {
  uint64_t id;
  uint32_t thread, flags;
  int32_t number;
  uint32_t architecture;
  uint64_t instruction, arguments[6];
};

struct answer {
  uint64_t id;
  int64_t value;
  int32_t error;
  uint32_t flags;
};

#define RECEIVE _IOWR('!', 0, struct question)
#define SEND _IOWR('!', 1, struct answer)

union control {
  struct cmsghdr header;
  char room[CMSG_SPACE(4 * sizeof(int))];
};

int witness_send(int socket, int descriptor) {
  char byte = '\n';
  struct iovec part = {&byte, 1};
  struct msghdr message = {0};
  union control control;
  ssize_t sent;
  memset(&control, 0, sizeof control);
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (descriptor >= 0) {
    message.msg_control = &control;
    message.msg_controllen = CMSG_SPACE(sizeof descriptor);
    control.header.cmsg_level = SOL_SOCKET;
    control.header.cmsg_type = SCM_RIGHTS;
    control.header.cmsg_len = CMSG_LEN(sizeof descriptor);
    memcpy(CMSG_DATA(&control.header), &descriptor, sizeof descriptor);
  }
  do sent = sendmsg(socket, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent == 1 ? 0 : errno;
}

long witness_receive(int socket, void *buffer, size_t size, int *descriptor) {
  struct iovec part = {buffer, size};
  struct msghdr message = {0};
  struct cmsghdr *header;
  union control control;
  ssize_t count;
  *descriptor = -1;
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = &control;
  message.msg_controllen = sizeof control;
  count = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  if (count < 0) return count;
  for (header = CMSG_FIRSTHDR(&message); header != NULL; header = CMSG_NXTHDR(&message, header)) {
    size_t offset;
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    for (offset = 0; CMSG_LEN(offset + sizeof(int)) <= header->cmsg_len; offset += sizeof(int)) {
      int one;
      memcpy(&one, CMSG_DATA(header) + offset, sizeof one);
      if (*descriptor < 0)
        *descriptor = one;
      else
        close(one);
    }
  }
  return count;
}

int witness_next(int listener, struct witness_call *call) {
  /* A later system's question may be longer, and must find zeros. */
  union {
    struct question question;
    char room[1024];
  } asked;
  struct sizes sizes;
  if (syscall(__NR_seccomp, GET_SIZES, 0, &sizes) != 0) return errno;
  if (sizes.question > sizeof asked) return E2BIG;
  memset(&asked, 0, sizeof asked);
  if (ioctl(listener, RECEIVE, &asked) != 0) return errno;
  call->id = asked.question.id;
  call->thread = asked.question.thread;
  call->number = asked.question.number;
  memcpy(call->arguments, asked.question.arguments, sizeof call->arguments);
  return 0;
}

int witness_answer(int listener, uint64_t id, int error) {
  union {
    struct answer answer;
    char room[1024];
  } given;
  memset(&given, 0, sizeof given);
  given.answer.id = id;
  given.answer.error = -error;
  given.answer.flags = error == 0 ? GO_ON : 0;
  return ioctl(listener, SEND, &given) == 0 ? 0 : errno;
}

struct known {
  int number, purpose, path;
  const char *name;
};

#define CALL(name, purpose, path) {__NR_##name, purpose, path, #name},
static const struct known calls[] = {
    CALL(execve, WITNESS_PROCESSES, 0) CALL(execveat, WITNESS_PROCESSES, 1) CALL(clone, WITNESS_PROCESSES, -1)
    CALL(socket, WITNESS_NETWORK, -1) CALL(socketpair, WITNESS_NETWORK, -1) CALL(connect, WITNESS_NETWORK, -1)
    CALL(bind, WITNESS_NETWORK, -1) CALL(listen, WITNESS_NETWORK, -1) CALL(accept, WITNESS_NETWORK, -1)
    CALL(accept4, WITNESS_NETWORK, -1) CALL(recvfrom, WITNESS_NETWORK, -1) CALL(recvmsg, WITNESS_NETWORK, -1)
    CALL(setsockopt, WITNESS_NETWORK, -1) CALL(getsockopt, WITNESS_NETWORK, -1)
    CALL(mkdirat, WITNESS_WRITES, 1) CALL(unlinkat, WITNESS_WRITES, 1) CALL(renameat2, WITNESS_WRITES, 1)
    CALL(linkat, WITNESS_WRITES, 1) CALL(symlinkat, WITNESS_WRITES, 0) CALL(truncate, WITNESS_WRITES, 0)
    CALL(ftruncate, WITNESS_WRITES, -1) CALL(fchmod, WITNESS_WRITES, -1) CALL(fchmodat, WITNESS_WRITES, 1)
    CALL(fchown, WITNESS_WRITES, -1) CALL(fchownat, WITNESS_WRITES, 1) CALL(utimensat, WITNESS_WRITES, 1)
    CALL(mknodat, WITNESS_WRITES, 1) CALL(fallocate, WITNESS_WRITES, -1) CALL(setxattr, WITNESS_WRITES, 0)
    CALL(flock, WITNESS_WRITES, -1) CALL(fsync, WITNESS_WRITES, -1) CALL(fdatasync, WITNESS_WRITES, -1)
    CALL(kill, WITNESS_SIGNALS, -1) CALL(tgkill, WITNESS_SIGNALS, -1) CALL(tkill, WITNESS_SIGNALS, -1)
    CALL(rt_sigqueueinfo, WITNESS_SIGNALS, -1) CALL(rt_tgsigqueueinfo, WITNESS_SIGNALS, -1)
    CALL(chdir, WITNESS_FOLDER, 0) CALL(fchdir, WITNESS_FOLDER, -1) CALL(chroot, WITNESS_FOLDER, 0)
    CALL(umask, WITNESS_MASK, -1)
    CALL(ptrace, WITNESS_POWERS, -1) CALL(process_vm_readv, WITNESS_POWERS, -1) CALL(process_vm_writev, WITNESS_POWERS, -1)
    CALL(mount, WITNESS_POWERS, 1) CALL(umount2, WITNESS_POWERS, 0) CALL(pivot_root, WITNESS_POWERS, 0)
    CALL(unshare, WITNESS_POWERS, -1) CALL(setns, WITNESS_POWERS, -1) CALL(bpf, WITNESS_POWERS, -1)
    CALL(perf_event_open, WITNESS_POWERS, -1) CALL(keyctl, WITNESS_POWERS, -1) CALL(add_key, WITNESS_POWERS, -1)
    CALL(request_key, WITNESS_POWERS, -1) CALL(userfaultfd, WITNESS_POWERS, -1) CALL(setuid, WITNESS_POWERS, -1)
    CALL(setgid, WITNESS_POWERS, -1) CALL(setresuid, WITNESS_POWERS, -1) CALL(setresgid, WITNESS_POWERS, -1)
    CALL(setsid, WITNESS_POWERS, -1) CALL(setpgid, WITNESS_POWERS, -1) CALL(capset, WITNESS_POWERS, -1)
    CALL(seccomp, WITNESS_POWERS, -1) CALL(prctl, WITNESS_POWERS, -1) CALL(prlimit64, WITNESS_POWERS, -1)
    CALL(reboot, WITNESS_POWERS, -1) CALL(init_module, WITNESS_POWERS, -1)
#if defined(__x86_64__)
    CALL(fork, WITNESS_PROCESSES, -1) CALL(vfork, WITNESS_PROCESSES, -1)
    CALL(mkdir, WITNESS_WRITES, 0) CALL(rmdir, WITNESS_WRITES, 0) CALL(unlink, WITNESS_WRITES, 0) CALL(rename, WITNESS_WRITES, 0)
    CALL(renameat, WITNESS_WRITES, 1) CALL(link, WITNESS_WRITES, 0) CALL(symlink, WITNESS_WRITES, 0) CALL(creat, WITNESS_WRITES, 0)
    CALL(chmod, WITNESS_WRITES, 0) CALL(chown, WITNESS_WRITES, 0) CALL(mknod, WITNESS_WRITES, 0) CALL(setrlimit, WITNESS_POWERS, -1)
#endif
};
/* io_uring_setup does what other calls do, without their being seen. */
static const struct known io_uring = {425, WITNESS_POWERS, -1, "io_uring_setup"};
static const struct known opens = {__NR_openat, WITNESS_READS, 1, "openat"};
#ifdef __NR_open
static const struct known old_opens = {__NR_open, WITNESS_READS, 0, "open"};
#endif

int witness_purpose(const struct witness_call *call, const char **name, int *path) {
  const int writes = O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY);
  const struct known *found = NULL;
  size_t index;
  for (index = 0; index < sizeof calls / sizeof calls[0]; index++)
    if (calls[index].number == call->number) found = &calls[index];
  if (call->number == io_uring.number) found = &io_uring;
  if (call->number == opens.number) found = &opens;
#ifdef __NR_open
  if (call->number == old_opens.number) found = &old_opens;
#endif
  *name = found == NULL ? NULL : found->name;
  *path = found == NULL ? -1 : found->path;
  if (found == NULL) return WITNESS_OTHER;
  if (found->purpose == WITNESS_READS && ((int)call->arguments[found->path + 1] & writes) != 0) return WITNESS_WRITES;
  return found->purpose;
}

int witness_is_plain(const struct witness_call *call) {
  const char *name;
  int path;
  (void)witness_purpose(call, &name, &path);
  return path == 0 || (path == 1 && (int)call->arguments[0] == AT_FDCWD);
}

size_t witness_text(uint32_t thread, uint64_t address, char *text, size_t size) {
  /* In two parts, because the second may lie in a page that is not there. */
  size_t page = (size_t)sysconf(_SC_PAGESIZE), first = page - address % page, most = size - 1;
  struct iovec local = {text, most}, remote[2];
  ssize_t count;
  if (first > most) first = most;
  remote[0] = (struct iovec){(void *)(uintptr_t)address, first};
  remote[1] = (struct iovec){(void *)(uintptr_t)(address + first), most - first};
  count = process_vm_readv((pid_t)thread, &local, 1, remote, 2, 0);
  text[count > 0 ? (size_t)count : 0] = 0;
  return strlen(text);
}
