// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens for `token verify`, and the secret that verifies them.

#pragma once

#include <string>

#include <QtCore/qfile.h>

#include <jose/sign.h>
#include <support/commandline.h>

namespace claimcheck::test::verifying {

inline const std::string secret = "b1u3-Wh4le/Ngt!Kx0Zq7_vR5%mJp2sT9";
inline const CommandInput withSecret{.environment = {{QStringLiteral("S"), QString::fromStdString(secret)}}};

inline std::string sign(const std::string& claims, const std::string& key = secret)
{
    const auto token = jose::sign(*jose::findAlgorithm("HS256"), jose::secretKey(Secret(key)), claims);
    return token ? std::string(token->reveal()) : std::string();
}

inline QString text(const std::string& bytes)
{
    return QString::fromStdString(bytes);
}

inline const std::string good = sign(R"({"iss":"i","aud":"a","jti":"1","exp":1800003000,"iat":1799999400})");

/// The path, once a file with these bytes is there; empty where it cannot be.
inline QString written(const QString& path, const std::string& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(bytes.data(), static_cast<qint64>(bytes.size()));
    return file.fileName();
}

} // namespace claimcheck::test::verifying
