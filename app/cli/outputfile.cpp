// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "outputfile.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "console.h"

namespace claimcheck::cli {

static Result<void> unwritable(const std::string& path, int code)
{
    return failure(ErrorKind::Unreadable, "cannot write " + path, std::strerror(code),
                   code == ENOSPC ? "make room, or give another folder"
                                  : "check the directory and its permissions");
}

/// An existing file keeps its mode when it is opened: the others' rights go before a byte is written, and
/// what is in it goes only when they are gone. What is no file (/dev/null, a pipe) is not ours to change.
static bool makePrivateAndEmpty(int descriptor)
{
    struct stat info = {};
    if (fstat(descriptor, &info) != 0)
        return false;
    return !S_ISREG(info.st_mode) || (fchmod(descriptor, 0600) == 0 && ftruncate(descriptor, 0) == 0);
}

OutputFile::OutputFile(std::string path, int descriptor) : m_path(std::move(path)), m_descriptor(descriptor)
{}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : m_path(std::move(other.m_path)), m_descriptor(std::exchange(other.m_descriptor, -1))
{}

OutputFile::~OutputFile()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

Result<OutputFile> OutputFile::create(const std::string& path)
{
    OutputFile file(path, open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    if (file.m_descriptor < 0 || !makePrivateAndEmpty(file.m_descriptor))
        return tl::unexpected(unwritable(path, errno).error());
    return file;
}

Result<void> OutputFile::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(m_descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR)
            return unwritable(m_path, errno);
        if (count > 0)
            bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

Result<void> writeFile(const std::string& path, std::string_view bytes)
{
    auto file = OutputFile::create(path);
    return file ? file->write(bytes) : tl::unexpected(file.error());
}

Result<void> writeOrPrint(const std::string& path, const std::string& text, Console& console)
{
    if (!path.empty())
        return writeFile(path, text);
    console.out(text);
    return {};
}

Result<void> checkWritable(const std::string& path)
{
    struct stat info = {};
    if (stat(path.c_str(), &info) == 0) {
        if (S_ISDIR(info.st_mode))
            return unwritable(path, EISDIR);
        return access(path.c_str(), W_OK) == 0 ? Result<void>() : unwritable(path, errno);
    }
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    return access(folder.c_str(), W_OK | X_OK) == 0 ? Result<void>() : unwritable(path, errno);
}

} // namespace claimcheck::cli
