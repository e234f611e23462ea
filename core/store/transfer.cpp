// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/transfer.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <base/text.h>
#include <store/opencollection.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;

void flush(const fs::path& path, int flags)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | flags);
    if (file < 0)
        return;
    ::fsync(file); // some file systems cannot: then there is nothing to do
    ::close(file);
}

bool isThere(const std::string& path)
{
    struct stat info = {};
    return ::lstat(path.c_str(), &info) == 0;
}

/// 0, or errno.
int renameToNew(const std::string& from, const std::string& to)
{
#ifdef RENAME_NOREPLACE
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
#endif
    if (isThere(to))
        return EEXIST;
    return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

int keepTimes(const fs::path& from, const fs::path& to)
{
    struct stat info = {};
    if (::lstat(from.c_str(), &info) != 0)
        return errno;
    const struct timespec times[2] = {info.st_atim, info.st_mtim};
    return ::utimensat(AT_FDCWD, to.c_str(), times, AT_SYMLINK_NOFOLLOW) == 0 ? 0 : errno;
}

/// std::filesystem::copy_file does not say when a disk is full.
int copyBytes(int from, int to)
{
    std::array<char, 65536> buffer;
    for (;;) {
        const ssize_t count = ::read(from, buffer.data(), buffer.size());
        if (count == 0)
            return ::fsync(to) == 0 ? 0 : errno;
        if (count < 0 && errno != EINTR)
            return errno;
        for (ssize_t done = 0; done < count;) {
            const ssize_t written = ::write(to, buffer.data() + done, static_cast<std::size_t>(count - done));
            if (written < 0 && errno != EINTR)
                return errno;
            done += written > 0 ? written : 0;
        }
    }
}

int copyFile(const fs::path& from, const fs::path& to)
{
    struct stat info = {};
    const int source = ::open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (source < 0 || ::fstat(source, &info) != 0)
        return errno;
    const int target = ::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    int failed = target < 0 ? errno : copyBytes(source, target);
    if (failed == 0 && ::fchmod(target, info.st_mode & 07777u) != 0)
        failed = errno;
    ::close(source);
    if (target >= 0 && ::close(target) != 0 && failed == 0)
        failed = errno;
    return failed == 0 ? keepTimes(from, to) : failed;
}

int copyOne(const fs::path& from, const fs::path& to)
{
    std::error_code error;
    const fs::file_status status = fs::symlink_status(from, error);
    if (error)
        return error.value();
    if (fs::is_symlink(status)) {
        fs::copy_symlink(from, to, error);
        return error.value();
    }
    if (fs::is_directory(status)) {
        fs::create_directory(to, from, error); // with its mode
        return error.value();
    }
    return fs::is_regular_file(status) ? copyFile(from, to) : EINVAL; // a pipe or socket
}

int copyTree(const fs::path& from, const fs::path& to, bool whole)
{
    if (const int failed = copyOne(from, to); failed != 0)
        return failed;
    std::error_code error;
    if (fs::is_symlink(from, error) || !fs::is_directory(from, error))
        return error.value();
    std::size_t count = 0;
    for (fs::recursive_directory_iterator next(from, error), end; !error && next != end;
         next.increment(error)) {
        if (!whole && next->path().filename() == ".git") {
            next.disable_recursion_pending();
            continue;
        }
        if (++count > StoreLimits().files)
            return EFBIG;
        if (const int failed = copyOne(next->path(), to / next->path().lexically_relative(from)); failed != 0)
            return failed;
    }
    flush(to, O_DIRECTORY);
    return error.value();
}

/// A name beside `path` that no reader of collections takes for a request or folder.
fs::path hiddenBeside(const std::string& path, const char* ending)
{
    const fs::path full(path);
    return full.parent_path() / ("." + full.filename().string() + ending);
}

/// Copies to a hidden name beside `to` and renames that: 0, or errno with nothing left behind.
int copyBeside(const std::string& from, const std::string& to, bool whole)
{
    const fs::path work = hiddenBeside(to, ".copy.tmp");
    std::error_code ignored;
    fs::remove_all(work, ignored); // what a killed program left
    int failed = copyTree(from, work, whole);
    if (failed == 0)
        failed = renameToNew(work.string(), to);
    if (failed != 0)
        fs::remove_all(work, ignored);
    return failed;
}

/// The copy is complete: the original goes at once, whatever its size.
int moveAcross(const std::string& from, const std::string& to)
{
    if (const int failed = copyBeside(from, to, true); failed != 0)
        return failed;
    std::error_code ignored;
    const fs::path going = hiddenBeside(from, ".moved.tmp");
    if (::rename(from.c_str(), going.c_str()) != 0) {
        const int failed = errno;
        fs::remove_all(to, ignored);
        return failed;
    }
    fs::remove_all(going, ignored);
    return 0;
}

Result<void> ended(int failed, const std::string& from, const std::string& to, const std::string& what)
{
    if (failed == ENOENT && !isThere(from))
        return failure(ErrorKind::Refused, what, visible(from) + " is not there any more",
                       "look at the tree as it is now");
    if (failed == EEXIST || failed == ENOTEMPTY)
        return failure(ErrorKind::Refused, what, "something else stands at " + visible(to),
                       "rename or move that first");
    if (failed != 0)
        return systemError(failed, what);
    flush(fs::path(to).parent_path(), O_DIRECTORY);
    flush(fs::path(from).parent_path(), O_DIRECTORY);
    return {};
}

} // namespace

tl::unexpected<Error> systemError(int number, const std::string& what)
{
    const bool isFull = number == ENOSPC || number == EDQUOT || number == EFBIG;
    const bool isForbidden = number == EACCES || number == EPERM || number == EROFS;
    return failure(ErrorKind::Unreadable, what, std::strerror(number),
                   isFull        ? "make room on the disk and try again; nothing was changed"
                   : isForbidden ? "check the owner and mode of the folder; nothing was changed"
                                 : "check the folder; nothing was changed");
}

Result<void> moveTo(const std::string& from, const std::string& to, const std::string& what)
{
    int failed = renameToNew(from, to);
    if (failed == EXDEV)
        failed = moveAcross(from, to);
    return ended(failed, from, to, what);
}

Result<void> copyTo(const std::string& from, const std::string& to, const std::string& what)
{
    return ended(copyBeside(from, to, false), from, to, what);
}

} // namespace claimcheck::store
