// SPDX-License-Identifier: MIT
#include "geo/layer/child_process.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>
#include <ctime>
#include <string_view>
#include <system_error>
#include <vector>

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX wants it declared by the program

namespace relevo::geo {

namespace {

/// Variables that the child inherits: where libraries and their data are, and the language.
constexpr std::array<std::string_view, 16> kInherited = {"PATH",
                                                         "LD_LIBRARY_PATH",
                                                         "LANG",
                                                         "LC_ALL",
                                                         "LC_CTYPE",
                                                         "TZ",
                                                         "TZDIR",
                                                         "PROJ_DATA",
                                                         "PROJ_LIB",
                                                         "GDAL_DATA",
                                                         "TMPDIR",
                                                         "RELEVO_DATA",
                                                         "ECCODES_DEFINITION_PATH",
                                                         "ASAN_OPTIONS",
                                                         "UBSAN_OPTIONS",
                                                         "LSAN_OPTIONS"};

/// How GDAL and PROJ behave in the child: they write nothing, fetch nothing, follow no reference to other sources, and
/// keep to bounded memory. docs/isolation.md says why each is there.
constexpr std::array<const char*, 22> kConfigured = {
    "CPL_DEBUG=OFF", "GDAL_PAM_ENABLED=NO", "GDAL_DISABLE_READDIR_ON_OPEN=TRUE", "GDAL_DRIVER_PATH=disable",
    "GDAL_CACHEMAX=64", "GDAL_NUM_THREADS=1", "GDAL_VRT_ENABLE_PYTHON=NO", "GDAL_HTTP_MAX_RETRY=0",
    "GDAL_HTTP_TIMEOUT=1", "GDAL_HTTP_CONNECTTIMEOUT=1", "CPL_VSIL_CURL_ALLOWED_EXTENSIONS={none}",
    "CPL_VSIL_USE_TEMP_FILE_FOR_RANDOM_WRITE=NO", "GML_DOWNLOAD_SCHEMA=NO", "GML_SKIP_RESOLVE_ELEMS=ALL",
    "OGR_GEOJSON_MAX_OBJ_SIZE=100", "OGR_SQLITE_LOAD_EXTENSIONS=", "OSM_MAX_TMPFILE_SIZE=0", "OPJ_NUM_THREADS=1",
    "PROJ_NETWORK=OFF", "PROJ_USER_WRITABLE_DIRECTORY=/nonexistent", "MALLOC_ARENA_MAX=1",
    // Drivers that only lead elsewhere: to the network, a database, or a file of the source's choosing.
    "GDAL_SKIP=VRT,DERIVED,WCS,WMS,WMTS,HTTP,PLMOSAIC,PLSCENES,DAAS,EEDA,EEDAI,OGCAPI,STACTA,STACIT,PostGISRaster,"
    "Rasterlite,OGR_VRT,WFS,OAPIF,CSW,PostgreSQL,MySQL,ODBC,PGeo,MSSQLSpatial,OGR_OGDI,Carto,AmigoCloud,"
    "Elasticsearch,NGW,GPSBabel,GMLAS"};

/// What the child needs between fork and exec, made before: there it may neither allocate nor lock.
struct Start {
  const char* program = nullptr;
  std::array<char*, 3> arguments{};
  std::vector<char*> environment;
  int input = -1;
  int output = -1;
  int errors = -1;
  pid_t parent = 0;
  rlim_t memory = 0;
  rlim_t seconds = 0;
};

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// Away from the three standard streams, so that one can be put there without closing another.
FileDescriptor above_standard(int number, const char* what) {
  FileDescriptor given(number);
  if (number < 0)
    fail(what);
  if (number > STDERR_FILENO)
    return given;
  FileDescriptor moved(fcntl(number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
  if (moved.number() < 0)
    fail(what);
  return moved;
}

struct Pipe {
  FileDescriptor read;
  FileDescriptor write;
};

Pipe make_pipe() {
  std::array<int, 2> ends{-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0)
    fail("pipe");
  FileDescriptor second(ends[1]);
  Pipe pipe;
  pipe.read = above_standard(ends[0], "pipe");
  pipe.write = above_standard(fcntl(second.number(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1), "pipe");
  return pipe;
}

/// A file in memory, so that nobody waits for the other end to read or write.
FileDescriptor make_input(std::string_view text) {
  FileDescriptor file = above_standard(memfd_create("relevo-request", MFD_CLOEXEC), "memfd_create");
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t bytes = write(file.number(), text.data() + written, text.size() - written);
    if (bytes < 0 && errno != EINTR)
      fail("write");
    written += bytes < 0 ? 0 : static_cast<std::size_t>(bytes);
  }
  if (lseek(file.number(), 0, SEEK_SET) != 0)
    fail("lseek");
  return file;
}

std::vector<char*> make_environment() {
  std::vector<char*> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    const std::string_view name = text.substr(0, text.find('='));
    if (std::find(kInherited.begin(), kInherited.end(), name) != kInherited.end())
      variables.push_back(*variable);
  }
  for (const char* variable : kConfigured)
    variables.push_back(const_cast<char*>(variable));  // NOLINT(cppcoreguidelines-pro-type-const-cast): execve's type
  variables.push_back(nullptr);
  return variables;
}

void limit(decltype(RLIMIT_CPU) what, rlim_t soft, rlim_t hard) {
  rlimit now{};
  getrlimit(what, &now);
  const rlimit wanted{.rlim_cur = std::min(soft, now.rlim_max), .rlim_max = std::min(hard, now.rlim_max)};
  setrlimit(what, &wanted);
}

void set_limits(const Start& start) {
  constexpr rlim_t kFileBytes = 1U << 20U;
  constexpr rlim_t kOpenFiles = 256;
  if (!kIsSanitized)
    limit(RLIMIT_AS, start.memory, start.memory);
  // The first is SIGXCPU, which says what happened; a child that ignores it is killed five seconds later.
  limit(RLIMIT_CPU, start.seconds, start.seconds + 5);
  limit(RLIMIT_CORE, 0, 0);
  limit(RLIMIT_FSIZE, kFileBytes, kFileBytes);
  limit(RLIMIT_NOFILE, kOpenFiles, kOpenFiles);
}

void close_all_but_standard() {
  if (close_range(STDERR_FILENO + 1, UINT_MAX, 0) == 0)
    return;
  const long most = std::clamp(sysconf(_SC_OPEN_MAX), 1024L, 1L << 20);
  for (int number = STDERR_FILENO + 1; number < most; ++number)
    close(number);
}

void reset_signals() {
  struct sigaction standard {};
  standard.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; ++signal)
    sigaction(signal, &standard, nullptr);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// In the child, after fork: only calls that are safe there.
[[noreturn]] void become_program(const Start& start) {
  setsid();
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != start.parent)
    _exit(127);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  dup2(start.input, STDIN_FILENO);
  dup2(start.output, STDOUT_FILENO);
  dup2(start.errors, STDERR_FILENO);
  close_all_but_standard();
  set_limits(start);
  reset_signals();
  execve(start.program, start.arguments.data(), start.environment.data());
  constexpr std::string_view kMessage = "the program cannot be started\n";
  static_cast<void>(!write(STDERR_FILENO, kMessage.data(), kMessage.size()));
  _exit(127);
}

/// No handler of ours may run in the child before it is another program.
pid_t fork_with_signals_held(const Start& start) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t pid = fork();
  if (pid == 0)
    become_program(start);
  const int error = errno;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = error;
  return pid;
}

Ending ending_of(int status, const rusage& usage) {
  const auto time = [](const timeval& value) {
    return std::chrono::seconds(value.tv_sec) + std::chrono::microseconds(value.tv_usec);
  };
  Ending ending{.processor_time = time(usage.ru_utime) + time(usage.ru_stime)};
  if (WIFSIGNALED(status))
    ending.signal = WTERMSIG(status);
  else
    ending.exit_code = WEXITSTATUS(status);
  return ending;
}

}  // namespace

FileDescriptor::~FileDescriptor() {
  if (number_ >= 0)
    close(number_);
}

ChildProcess::ChildProcess(const std::filesystem::path& program, std::string_view input,
                           const IsolationLimits& limits) {
  constexpr int kPipeBytes = 1 << 20;
  const FileDescriptor request = make_input(input);
  Pipe output = make_pipe();
  Pipe errors = make_pipe();
  fcntl(output.write.number(), F_SETPIPE_SZ, kPipeBytes);  // for speed; the kernel may refuse
  std::string name = program.string();
  std::string command = "read-layer";
  Start start{.program = name.c_str(),
              .arguments = {name.data(), command.data(), nullptr},
              .environment = make_environment(),
              .input = request.number(),
              .output = output.write.number(),
              .errors = errors.write.number(),
              .parent = getpid(),
              .memory = limits.memory_bytes,
              .seconds = static_cast<rlim_t>(std::max<std::int64_t>(1, limits.processor_time.count()))};
  pid_ = fork_with_signals_held(start);
  if (pid_ < 0)
    fail("fork");
  output_ = std::move(output.read);
  errors_ = std::move(errors.read);
}

ChildProcess::~ChildProcess() {
  if (reaped_)
    return;
  // Its own and whatever it may have started; until setsid there is no group and the first call fails.
  kill(-pid_, SIGKILL);
  kill(pid_, SIGKILL);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

std::optional<Ending> ChildProcess::ended_within(std::chrono::milliseconds patience) {
  constexpr timespec kPause{.tv_sec = 0, .tv_nsec = 2'000'000};
  const auto latest = std::chrono::steady_clock::now() + patience;
  for (;;) {
    int status = 0;
    rusage usage{};
    const pid_t pid = wait4(pid_, &status, WNOHANG, &usage);
    if (pid == pid_) {
      reaped_ = true;
      return ending_of(status, usage);
    }
    if (pid < 0 && errno != EINTR) {
      // Somebody set SIGCHLD to be ignored: the kernel has reaped it and nobody knows how it ended.
      reaped_ = true;
      return Ending{};
    }
    if (std::chrono::steady_clock::now() >= latest)
      return std::nullopt;
    nanosleep(&kPause, nullptr);
  }
}

std::string name_of_signal(int signal) {
  const char* name = sigabbrev_np(signal);
  return name != nullptr ? std::string("SIG") + name : "signal " + std::to_string(signal);
}

}  // namespace relevo::geo
