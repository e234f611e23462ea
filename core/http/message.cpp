// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/message.h>

#include <mutex>

#include <QtCore/qbytearray.h>
#include <QtCore/qdir.h>
#include <QtCore/qtemporaryfile.h>

#include <base/text.h>

namespace claimcheck::http {

namespace {

constexpr std::size_t memoryLimit = 8 * 1024 * 1024;
constexpr std::size_t pieceSize = 256 * 1024;

} // namespace

/// QTemporaryFile is 0600 and, where the system can, has no name at all: every reader seeks in the one that
/// is open.
struct Body::File
{
    QTemporaryFile file{QDir::tempPath() + QStringLiteral("/claimcheck-XXXXXX")};
    std::mutex mutex;

    bool write(std::uint64_t offset, std::string_view bytes)
    {
        const std::lock_guard lock(mutex);
        const auto size = static_cast<qint64>(bytes.size());
        return file.seek(static_cast<qint64>(offset)) && file.write(bytes.data(), size) == size;
    }
    qint64 read(std::uint64_t offset, std::string& bytes)
    {
        const std::lock_guard lock(mutex);
        if (!file.seek(static_cast<qint64>(offset)))
            return 0;
        return file.read(bytes.data(), static_cast<qint64>(bytes.size()));
    }
};

std::optional<std::string> headerValue(const Headers& headers, std::string_view name)
{
    for (const auto& header : headers) {
        if (equalsIgnoringCase(header.name, name))
            return header.value;
    }
    return std::nullopt;
}

std::string basicField(std::string_view user, std::string_view password)
{
    std::string pair;
    pair.reserve(user.size() + 1 + password.size()); // a longer buffer would leave this one behind
    pair.append(user).append(1, ':').append(password);
    const QByteArray bytes = QByteArray::fromRawData(pair.data(), static_cast<qsizetype>(pair.size()));
    std::string field = "Basic " + bytes.toBase64().toStdString();
    wipe(pair);
    return field;
}

std::string Body::read(std::uint64_t limit, std::uint64_t offset) const
{
    const std::uint64_t from = std::min(offset, m_size);
    const auto count = static_cast<std::size_t>(std::min(limit, m_size - from));
    if (!m_file)
        return m_memory.substr(static_cast<std::size_t>(from), count);
    std::string bytes(count, '\0');
    bytes.resize(static_cast<std::size_t>(std::max<qint64>(m_file->read(from, bytes), 0)));
    return bytes;
}

bool Body::forEachPiece(const std::function<bool(std::string_view)>& take) const
{
    if (!m_file)
        return m_memory.empty() || take(m_memory);
    for (std::uint64_t done = 0; done < m_size;) {
        const std::string piece = read(pieceSize, done);
        if (piece.empty() || !take(piece))
            return false;
        done += piece.size();
    }
    return true;
}

bool Body::append(std::string_view bytes)
{
    if (!m_file && m_memory.size() + bytes.size() > memoryLimit) {
        auto file = std::make_shared<File>();
        if (!file->file.open() || !file->write(0, m_memory))
            return false;
        m_file = std::move(file);
        m_memory = {};
    }
    if (!m_file)
        m_memory.append(bytes);
    else if (!m_file->write(m_size, bytes))
        return false;
    m_size += bytes.size();
    return true;
}

} // namespace claimcheck::http
