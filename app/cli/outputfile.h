// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file that a command writes, whole or piece by piece. Answers, keys and reports may hold what is private:
// its mode is 0600 before the first byte is in it. A device or pipe keeps its own.
//
//   auto file = OutputFile::create(path);
//   if (file) written = file->write(bytes);

#pragma once

#include <string>
#include <string_view>

#include <base/result.h>

namespace claimcheck::cli {

class Console;

class OutputFile
{
public:
    /// A new or an emptied file.
    static Result<OutputFile> create(const std::string& path);
    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&& other) = delete;
    ~OutputFile();

    Result<void> write(std::string_view bytes);

private:
    OutputFile(std::string path, int descriptor);

    std::string m_path;
    int m_descriptor;
};

/// Writes a new or existing file whole.
Result<void> writeFile(const std::string& path, std::string_view bytes);

/// Into that file, or to standard output where `path` is empty: what --output chooses.
Result<void> writeOrPrint(const std::string& path, const std::string& text, Console& console);

/// Whether create() is likely to work, without touching anything: what cannot be written is better said
/// before a request is sent than after it.
Result<void> checkWritable(const std::string& path);

} // namespace claimcheck::cli
