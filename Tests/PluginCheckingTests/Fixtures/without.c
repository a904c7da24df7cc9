/* Runs a program on a system that lacks something: without {landlock|seccomp|witness} PROGRAM ARGUMENT... */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define GIVE(action) BPF_STMT(BPF_RET | BPF_K, action)

int main(int count, char **words) {
  const char *what = count > 2 ? words[1] : "";
  const unsigned call = strcmp(what, "landlock") == 0 ? 444 : SYS_seccomp;
  /* The flag that asks for a listener; without it in the filter, no flags at all. */
  const unsigned flags = strcmp(what, "witness") == 0 ? 8 : 0;
  struct sock_filter filter[] = {
      LOAD(nr),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 3),
      LOAD(args[1]),
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, flags, 0, 1),
      GIVE(SECCOMP_RET_ERRNO | ENOSYS),
      GIVE(SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof filter / sizeof filter[0], filter};
  if (count < 3 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
    perror("without");
    return 99;
  }
  execv(words[2], words + 2);
  perror(words[2]);
  return 99;
}
