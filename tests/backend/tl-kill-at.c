/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/ptrace.h>

/* Runs a program and sends it a signal before one of its system calls:
 *
 *   tl-kill-at FOLDER WHICH SIGNAL PROGRAM [ARGUMENT…]
 *
 * WHICH counts the calls of all threads from the one on that opens FOLDER, or a file without a name
 * (nobody but root sees what twolanectl opens); that one is number 1, and 0 sends nothing. The last
 * line on standard error is `N STATUS`: how many calls there were, and how it ended, 128 and more
 * for a signal. strace counts for each thread alone, which a program with threads cannot be swept
 * by. */

typedef struct
{
  const char    *folder;
  unsigned long  which;
  unsigned long  seen;
} Count;

static void
give_up (const char *what)
{
  perror (what);
  exit (70);
}

static int
is_folder (pid_t          pid,
           unsigned long  address,
           const char    *folder)
{
  char text[4096];
  size_t len = strlen (folder) + 1;
  struct iovec here = { text, len };
  struct iovec there = { (void *) address, len };

  return len <= sizeof text && process_vm_readv (pid, &here, 1, &there, 1, 0) == (ssize_t) len &&
         memcmp (text, folder, len) == 0;
}

/* Gives whether it is the one. */
static int
count (Count *self,
       pid_t  pid)
{
  struct ptrace_syscall_info info;

  if (ptrace (PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) <= 0 ||
      info.op != PTRACE_SYSCALL_INFO_ENTRY)
    return 0;
  if (self->seen == 0 &&
      (info.entry.nr != SYS_openat ||
       ((info.entry.args[2] & O_TMPFILE) != O_TMPFILE &&
        !is_folder (pid, info.entry.args[1], self->folder))))
    return 0;

  return ++self->seen == self->which;
}

/* What the tracee goes on with: 0, or a signal that was sent to it. */
static int
signal_for (int status)
{
  int number = WSTOPSIG (status);

  if (status >> 16 != 0 || number == (SIGTRAP | 0x80) || number == SIGSTOP)
    return 0;

  return number;
}

static void
start (char **argv)
{
  if (ptrace (PTRACE_TRACEME, 0, NULL, NULL) != 0)
    give_up ("ptrace");
  raise (SIGSTOP);
  execvp (argv[0], argv);
  give_up (argv[0]);
}

static int
exit_status (int status)
{
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}

int
main (int    argc,
      char **argv)
{
  Count self = { .folder = argc > 4 ? argv[1] : "" };
  int signal_number = argc > 4 ? atoi (argv[3]) : 0;
  int first_status = 0;
  int status;
  pid_t first, pid;

  if (argc < 5)
    return 64;

  self.which = strtoul (argv[2], NULL, 10);
  if ((first = fork ()) == 0)
    start (argv + 4);
  if (first < 0 || waitpid (first, &status, 0) != first || !WIFSTOPPED (status) ||
      ptrace (PTRACE_SETOPTIONS, first, NULL,
              PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC |
                PTRACE_O_EXITKILL) != 0 ||
      ptrace (PTRACE_SYSCALL, first, NULL, NULL) != 0)
    give_up ("ptrace");

  /* The first is reported when all its threads were. Going on fails for those that were killed. */
  while ((pid = waitpid (-1, &status, __WALL)) > 0)
    {
      if (!WIFSTOPPED (status))
        {
          if (pid == first)
            first_status = status;
          continue;
        }
      if (WSTOPSIG (status) == (SIGTRAP | 0x80) && count (&self, pid))
        kill (first, signal_number);
      ptrace (PTRACE_SYSCALL, pid, NULL, (void *) (long) signal_for (status));
    }

  fprintf (stderr, "%lu %d\n", self.seen, exit_status (first_status));

  return 0;
}
