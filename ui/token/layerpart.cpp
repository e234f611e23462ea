// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/layerpart.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlabel.h>

#include <base/text.h>
#include <theme/widgets.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {
namespace {

constexpr std::size_t mostSignatures = 200;

Cell verdictCell(inspect::Verdict verdict)
{
    const QString word = toQString(toText(verdict));
    switch (verdict) {
    case inspect::Verdict::Verified:
    case inspect::Verdict::Decrypted:
        return {word, Role::Ok, Cell::Face::Normal, QStringLiteral("check")};
    case inspect::Verdict::NotVerified:
    case inspect::Verdict::NoKey:
        return {word, Role::Muted, Cell::Face::Normal, QStringLiteral("minus")};
    case inspect::Verdict::NotYetValid:
    case inspect::Verdict::Expired:
        return {word, Role::Warn, Cell::Face::Normal, QStringLiteral("warning")};
    case inspect::Verdict::SignatureInvalid:
    case inspect::Verdict::RejectedByPolicy:
    case inspect::Verdict::Malformed:
    case inspect::Verdict::CannotDecrypt:
        break;
    }
    return {word, Role::Bad, Cell::Face::Normal, QStringLiteral("cross")};
}

Cell whyCell(const std::string& reason, const std::string& keyUsed, bool isFromAnybody = false)
{
    QString why = shown(reason.empty() ? keyUsed : reason);
    if (isFromAnybody && reason.empty())
        why = QString(why + QStringLiteral("; ") +
                      LayerPart::tr("anybody with the public key can have made it"));
    return {why, Role::Muted, Cell::Face::Normal, {}, why};
}

/// "└ encrypted, flattened": each layer a step deeper than the one around it.
CellRow rowOf(const inspect::Layer& layer, int depth)
{
    const QString branch =
        depth == 0 ? QString() : QString(QString(3 * (depth - 1), u' ') + QStringLiteral("└ "));
    QString kind = toQString(toText(layer.kind));
    if (layer.form != jose::Serialization::Compact)
        kind = QString(kind + QStringLiteral(", ") + toQString(toText(layer.form)));
    const QString algorithms = shown(layer.enc.empty() ? layer.alg : layer.alg + " with " + layer.enc, 100);
    return {Cell{branch + kind, Role::Text}, Cell{algorithms, Role::Text, Cell::Face::Mono, {}, algorithms},
            verdictCell(layer.verdict), whyCell(layer.reason, layer.keyUsed, layer.isFromAnybody)};
}

CellRow rowOf(const inspect::SignatureOutcome& signature, std::size_t number)
{
    const QString kid =
        signature.kid.empty() ? QString() : QString(QStringLiteral(", kid ") + shown(signature.kid, 60));
    return {Cell{LayerPart::tr("Signature %1").arg(number), Role::Text},
            Cell{QString(shown(signature.alg, 40) + kid), Role::Text, Cell::Face::Mono},
            verdictCell(signature.verdict), whyCell(signature.reason, signature.keyUsed)};
}

QWidget* titleOf(const QString& text)
{
    auto* part = new QWidget;
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(space::inset, space::medium, space::inset, space::tiny);
    row->addWidget(sectionTitle(text));
    return part;
}

CellTable* tableOf(const char* objectName, const QString& title)
{
    return new CellTable(QLatin1String(objectName), title, {QString(), QString(), QString(), QString()},
                         {190, 220, 150});
}

} // namespace

LayerPart::LayerPart(QWidget* parent)
    : QWidget(parent),
      m_layersTitle(titleOf(tr("Layers"))),
      m_layers(tableOf("tokenLayers", tr("Layers"))),
      m_signaturesTitle(titleOf(tr("Signatures"))),
      m_signatures(tableOf("tokenSignatures", tr("Signatures")))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (QWidget* part : {m_layersTitle, static_cast<QWidget*>(m_layers), m_signaturesTitle,
                          static_cast<QWidget*>(m_signatures)})
        column->addWidget(part);
    m_layers->setCopyColumn(3);
    m_signatures->setCopyColumn(3);
}

void LayerPart::show(const inspect::Inspection& inspection)
{
    std::vector<CellRow> layers;
    for (const inspect::Layer& layer : inspection.layers)
        layers.push_back(rowOf(layer, static_cast<int>(layers.size())));
    std::vector<CellRow> signatures;
    if (inspection.signatures.size() > 1)
        for (const inspect::SignatureOutcome& signature : inspection.signatures)
            if (signatures.size() < mostSignatures)
                signatures.push_back(rowOf(signature, signatures.size() + 1));
    setVisible(!layers.empty() || !signatures.empty());
    m_layersTitle->setVisible(!layers.empty());
    m_layers->setVisible(!layers.empty());
    m_signaturesTitle->setVisible(!signatures.empty());
    m_signatures->setVisible(!signatures.empty());
    m_layers->setRows(std::move(layers));
    m_signatures->setRows(std::move(signatures));
}

} // namespace claimcheck::ui
