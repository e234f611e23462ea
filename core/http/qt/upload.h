// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A body that can be read once. Qt sends a request again when its connection dies, whatever the method; with
// a device that cannot be rewound it cannot.

#pragma once

#include <algorithm>

#include <QtCore/qbytearray.h>
#include <QtCore/qiodevice.h>

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

} // namespace claimcheck::http
