// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/keytext.h>

#include <QtCore/qcoreapplication.h>

#include <base/text.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("KeyPage", text);
}

} // namespace

/// One sentence about the ring as a whole.
QString ringSentence(const inspect::KeyRing& ring)
{
    if (ring.isEmpty())
        return tr("No key yet. Paste one, open a file, or ask an issuer for its keys.");
    if (ring.issuer)
        return tr("These keys speak for %1 alone: a token must name it as its issuer.")
            .arg(shown(*ring.issuer, 200));
    return {};
}

/// "RSA 2048-bit public key (SPKI PEM)", its thumbprint and its use.
QString keyDetail(const jose::Key& key, const KeyLine& line)
{
    QStringList parts{shown(jose::describe(key))};
    if (key.use)
        parts.append(tr("Use: %1").arg(shown(*key.use, 100)));
    if (key.keyOps) {
        QStringList operations;
        for (const std::string& operation : *key.keyOps)
            operations.append(shown(operation, 40));
        parts.append(tr("Operations: %1").arg(operations.join(QStringLiteral(", "))));
    }
    if (!line.thumbprint.empty())
        parts.append(tr("Thumbprint (RFC 7638): %1").arg(toQString(line.thumbprint)));
    if (key.certificateThumbprint)
        parts.append(tr("Certificate (x5t#S256): %1").arg(shown(*key.certificateThumbprint, 100)));
    return parts.join(u'\n');
}

CellRow keyRow(const KeyLine& line, bool isChosen)
{
    const bool isBad = !line.problem.empty();
    const QString kind = line.size.empty() ? shown(line.kind) : shown(line.kind + ", " + line.size);
    const QString mark = isChosen ? QStringLiteral("check")
                         : isBad  ? QStringLiteral("warning")
                                  : QStringLiteral("key");
    const Role role = isChosen ? Role::Ok : isBad ? Role::Warn : Role::Text;
    return {Cell{kind, role, isChosen ? Cell::Face::Bold : Cell::Face::Normal, mark, shown(line.origin)},
            Cell{line.kid.empty() ? QStringLiteral("–") : shown(line.kid, 200),
                 Role::Text,
                 Cell::Face::Mono,
                 {},
                 shown(line.kid)},
            Cell{shown(line.algorithms, 100), Role::Muted},
            Cell{line.thumbprint.empty() ? shown(line.origin) : shown(line.thumbprint),
                 Role::Muted,
                 line.thumbprint.empty() ? Cell::Face::Normal : Cell::Face::Mono,
                 {},
                 shown(line.thumbprint)}};
}

} // namespace claimcheck::ui
