// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A body that can be read once. Qt sends a request again when its connection dies, whatever the method; with
// a device that cannot be rewound it cannot.

#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

#include <QtCore/qbytearray.h>
#include <QtCore/qiodevice.h>

#include <http/upload.h>

namespace claimcheck::http {

class OnceOnly : public QIODevice
{
public:
    explicit OnceOnly(QByteArray bytes) : m_bytes(std::move(bytes)) { open(QIODevice::ReadOnly); }

    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    qint64 bytesAvailable() const override
    {
        return m_bytes.size() - m_position + QIODevice::bytesAvailable();
    }

protected:
    qint64 readData(char* data, qint64 maximum) override
    {
        const qint64 count = std::min<qint64>(maximum, m_bytes.size() - m_position);
        if (count <= 0)
            return -1;
        std::copy_n(m_bytes.constData() + m_position, count, data);
        m_position += count;
        return count;
    }

    qint64 writeData(const char*, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_position = 0;
};

/// The same of a body that is read from files.
class OnceOnlyUpload : public QIODevice
{
public:
    /// `failed` is called once, from within a read, where a file cannot be read to its end.
    OnceOnlyUpload(std::shared_ptr<const Upload> upload, std::function<void()> failed)
        : m_upload(std::move(upload)), m_failed(std::move(failed))
    {
        open(QIODevice::ReadOnly);
    }

    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    qint64 bytesAvailable() const override
    {
        return static_cast<qint64>(m_upload->size() - m_offset) + QIODevice::bytesAvailable();
    }

protected:
    qint64 readData(char* data, qint64 maximum) override
    {
        const auto read = m_upload->read(data, static_cast<std::size_t>(maximum), m_offset);
        if (!read && m_failed)
            std::exchange(m_failed, nullptr)();
        if (!read || (*read == 0 && maximum > 0))
            return -1;
        m_offset += *read;
        return static_cast<qint64>(*read);
    }

    qint64 writeData(const char*, qint64) override { return -1; }

private:
    std::shared_ptr<const Upload> m_upload;
    std::uint64_t m_offset = 0;
    std::function<void()> m_failed;
};

} // namespace claimcheck::http
