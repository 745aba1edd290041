// SPDX-License-Identifier: MIT
#include "cli/output_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>

namespace relevo::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* kMarker = ".relevo-output";

std::string shown(const fs::path& path) {
  return path.lexically_normal().string();
}

/// Writes and flushes to the disk, so that a rename after it cannot leave an empty file.
void write_durably(const fs::path& file, const std::string& content) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  const auto fail = [&](const char* what) {
    const std::string why = std::strerror(errno);
    if (fd >= 0)
      ::close(fd);
    throw OutputError(fmt::format("{}: {} ({})", shown(file), what, why));
  };
  if (fd < 0)
    fail("cannot be written");
  std::size_t done = 0;
  while (done < content.size()) {
    const auto n = ::write(fd, content.data() + done, content.size() - done);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      fail("cannot be written");
    done += static_cast<std::size_t>(n);
  }
  if (::fsync(fd) != 0)
    fail("cannot be written");
  ::close(fd);
}

bool is_ours(const fs::path& folder) {
  return fs::exists(folder / kMarker) || (fs::is_directory(folder) && fs::is_empty(folder));
}

/// Puts `fresh` in the place of `old` and the other way round, so that at no moment nothing stands there. False where
/// the file system or the kernel cannot.
bool exchange(const fs::path& fresh, const fs::path& old) {
  return ::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, old.c_str(), RENAME_EXCHANGE) == 0;
}

fs::path sibling(const fs::path& folder, const char* what) {
  return folder.parent_path() / fmt::format(".{}.{}-{}", folder.filename().string(), what, ::getpid());
}

}  // namespace

OutputFolder::OutputFolder(const fs::path& folder) : folder_(fs::absolute(folder).lexically_normal()) {
  if (folder_.filename().empty())
    folder_ = folder_.parent_path();
  std::error_code error;
  if (fs::exists(folder_, error) && !is_ours(folder_))
    throw OutputError(fmt::format(
        "{}: exists and was not made by Relevo. Choose another folder, or move that one away.", shown(folder)));
}

void OutputFolder::commit() {
  const fs::path fresh = sibling(folder_, "new");
  const fs::path old = sibling(folder_, "old");
  std::error_code ignored;
  try {
    fs::create_directories(folder_.parent_path());
    fs::remove_all(fresh);
    fs::create_directory(fresh);
    for (const auto& [name, content] : files_)
      write_durably(fresh / name, content);
    write_durably(fresh / kMarker, "Made by Relevo; replaced by its next run.\n");
    const bool replaces = fs::exists(folder_);
    if (replaces && exchange(fresh, folder_)) {
      fs::remove_all(fresh, ignored);
      return;
    }
    if (replaces)
      fs::rename(folder_, old);
    try {
      fs::rename(fresh, folder_);
    } catch (...) {
      if (replaces)
        fs::rename(old, folder_);
      throw;
    }
    fs::remove_all(old, ignored);
  } catch (const fs::filesystem_error& e) {
    fs::remove_all(fresh, ignored);
    throw OutputError(fmt::format("{}: cannot be written ({})", shown(folder_), e.code().message()));
  } catch (...) {
    fs::remove_all(fresh, ignored);
    throw;
  }
}

void write_file(const fs::path& file, const std::string& content) {
  const fs::path beside =
      fs::absolute(file).parent_path() / fmt::format(".{}.{}", file.filename().string(), ::getpid());
  write_durably(beside, content);
  std::error_code error;
  fs::rename(beside, file, error);
  if (!error)
    return;
  fs::remove(beside, error);
  throw OutputError(fmt::format("{}: cannot be written", shown(file)));
}

}  // namespace relevo::cli
