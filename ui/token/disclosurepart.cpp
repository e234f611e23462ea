// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/disclosurepart.h>

#include <algorithm>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlabel.h>

#include <theme/widgets.h>
#include <token/tokenreading.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {
namespace {

constexpr std::size_t mostFaults = 5;

CellRow rowOf(const jose::Disclosure& disclosure)
{
    const bool isPlaced = !disclosure.path.empty();
    const QString name = isPlaced ? shown(disclosure.path, 200) : shown(disclosure.name.value_or("–"), 200);
    const QString value = shown(disclosure.value);
    const QString place =
        disclosure.name ? DisclosurePart::tr("a claim") : DisclosurePart::tr("an element of a list");
    return {
        Cell{name, isPlaced ? Role::TokenPayload : Role::Bad, Cell::Face::Mono, {}, name},
        Cell{value, Role::Text, Cell::Face::Mono, {}, value},
        Cell{isPlaced ? place : DisclosurePart::tr("no digest in the token"),
             isPlaced ? Role::Muted : Role::Bad, Cell::Face::Normal,
             isPlaced ? QString() : QStringLiteral("cross")},
        Cell{
            shown(disclosure.digest, 200), Role::Muted, Cell::Face::Mono, {}, shown(disclosure.digest, 200)}};
}

QString summaryOf(const jose::SdJwt& sd)
{
    QString text = sd.disclosures.empty() ? DisclosurePart::tr("Nothing is disclosed.")
                                          : DisclosurePart::tr("Digests with %1.").arg(shown(sd.hash, 40));
    if (sd.undisclosed > 0)
        text =
            QString(text + u' ' +
                    (sd.undisclosed == 1
                         ? DisclosurePart::tr("1 digest more stands for what is kept back, or for nothing.")
                         : DisclosurePart::tr("%1 digests more stand for what is kept back, or for nothing.")
                               .arg(sd.undisclosed)));
    return text;
}

QWidget* inset(QWidget* widget)
{
    auto* part = new QWidget;
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(space::inset, space::small, space::inset, 0);
    row->addWidget(widget);
    return part;
}

} // namespace

DisclosurePart::DisclosurePart(QWidget* parent)
    : QWidget(parent),
      m_summary(mutedLabel()),
      m_faults(plainLabel()),
      m_disclosures(new CellTable(QStringLiteral("disclosures"), tr("Disclosures"),
                                  {tr("Discloses"), tr("Value"), tr("Which is"), tr("Digest")},
                                  {170, 230, 150})),
      m_proofTitle(inset(sectionTitle(tr("Holder's proof (key-binding JWT)")))),
      m_proof(new CellTable(QStringLiteral("keyBinding"), tr("Holder's proof"),
                            {tr("Claim"), tr("Value"), tr("Meaning")}, {92, 250}))
{
    m_summary->setObjectName(QStringLiteral("disclosureSummary"));
    m_faults->setObjectName(QStringLiteral("disclosureFaults"));
    setKind(m_faults, "bad");
    for (QLabel* label : {m_summary, m_faults})
        label->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::tiny);
    column->addWidget(inset(m_summary));
    column->addWidget(inset(m_faults));
    column->addWidget(m_disclosures);
    column->addWidget(m_proofTitle);
    column->addWidget(m_proof);
}

void DisclosurePart::show(const jose::SdJwt& sd, Instant now)
{
    m_summary->setText(summaryOf(sd));
    QStringList faults;
    for (std::size_t index = 0; index < std::min(sd.faults.size(), mostFaults); ++index)
        faults.append(shown(sd.faults[index].what, 400));
    m_faults->setText(faults.join(u'\n'));
    m_faults->parentWidget()->setVisible(!faults.isEmpty());
    std::vector<CellRow> rows;
    for (std::size_t index = 0; index < std::min(sd.disclosures.size(), mostClaims); ++index)
        rows.push_back(rowOf(sd.disclosures[index]));
    m_disclosures->setVisible(!rows.empty());
    m_disclosures->setRows(std::move(rows));
    showProof(sd.keyBinding, now);
}

void DisclosurePart::showProof(const std::optional<jose::Jws>& proof, Instant now)
{
    std::vector<CellRow> rows;
    if (proof && proof->headerJson)
        for (const inspect::Claim& parameter : inspect::explainHeader(proof->headerJson->root())) {
            rows.push_back(claimRow(parameter, now));
            rows.back().front().role = Role::TokenHeader;
        }
    if (proof && proof->payloadJson)
        for (const inspect::Claim& claim : inspect::explainClaims(proof->payloadJson->root()))
            rows.push_back(claimRow(claim, now));
    m_proofTitle->setVisible(!rows.empty());
    m_proof->setVisible(!rows.empty());
    m_proof->setRows(std::move(rows));
}

} // namespace claimcheck::ui
