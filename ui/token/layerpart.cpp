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

CellRow rowOf(const QString& title, const inspect::SignatureOutcome& outcome)
{
    const QString kid =
        outcome.kid.empty() ? QString() : QString(QStringLiteral(", kid ") + shown(outcome.kid, 60));
    const QString algorithm = shown(outcome.alg, 40) + kid;
    CellRow row{Cell{title, Role::Text}, Cell{algorithm, Role::Text, Cell::Face::Mono, {}, algorithm},
                verdictCell(outcome.verdict), whyCell(outcome.reason, outcome.keyUsed)};
    if (outcome.verdict == inspect::Verdict::NotVerified) // there was no need, or no key
        row[2].text = LayerPart::tr("not tried");
    return row;
}

/// One alone is what the layer or the verdict is about.
void addRows(std::vector<CellRow>& rows, const QString& title,
             const std::vector<inspect::SignatureOutcome>& outcomes)
{
    for (std::size_t index = 0; index < outcomes.size() && outcomes.size() > 1; ++index)
        rows.push_back(rowOf(title.arg(index + 1), outcomes[index]));
}

void showTable(QWidget* title, CellTable* table, std::vector<CellRow> rows)
{
    title->setVisible(!rows.empty());
    table->setVisible(!rows.empty());
    table->setRows(std::move(rows));
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
                         {170, 200, 120});
}

} // namespace

LayerPart::LayerPart(QWidget* parent)
    : QWidget(parent),
      m_layersTitle(titleOf(tr("Layers"))),
      m_layers(tableOf("tokenLayers", tr("Layers"))),
      m_recipientsTitle(titleOf(tr("Recipients"))),
      m_recipients(tableOf("tokenRecipients", tr("Recipients"))),
      m_signaturesTitle(titleOf(tr("Signatures"))),
      m_signatures(tableOf("tokenSignatures", tr("Signatures")))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (const auto& [title, table] : {std::pair{m_layersTitle, m_layers},
                                       {m_recipientsTitle, m_recipients},
                                       {m_signaturesTitle, m_signatures}}) {
        column->addWidget(title);
        column->addWidget(table);
        table->setCopyColumn(3);
        table->setWrapped(3);
    }
}

void LayerPart::show(const inspect::Inspection& inspection)
{
    std::vector<CellRow> layers;
    std::vector<CellRow> recipients;
    std::vector<CellRow> signatures;
    for (const inspect::Layer& layer : inspection.layers) {
        layers.push_back(rowOf(layer, static_cast<int>(layers.size())));
        addRows(recipients, tr("Recipient %1"), layer.recipients);
    }
    addRows(signatures, tr("Signature %1"), inspection.signatures);
    setVisible(!layers.empty() || !signatures.empty());
    showTable(m_layersTitle, m_layers, std::move(layers));
    showTable(m_recipientsTitle, m_recipients, std::move(recipients));
    showTable(m_signaturesTitle, m_signatures, std::move(signatures));
}

} // namespace claimcheck::ui
