// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/certificatepart.h>

#include <QtWidgets/qboxlayout.h>

#include <base/text.h>
#include <theme/widgets.h>
#include <token/celltable.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {
namespace {

constexpr int nameWidth = 140;
constexpr std::size_t mostShown = 8; ///< of one chain

CellRow rowOf(const QString& name, const QString& value, Role role = Role::Text)
{
    return {Cell{name, Role::Muted}, Cell{value, role, Cell::Face::Normal, {}, value}};
}

QString namesOf(const inspect::CertificateFacts& certificate)
{
    QStringList names;
    for (const std::string& name : certificate.alternativeNames)
        names.append(shown(name, 200));
    return names.join(QStringLiteral(", "));
}

QString stateWord(const inspect::CertificateFacts& certificate, Instant now)
{
    if (now > certificate.notAfter)
        return CertificatePart::tr("Expired");
    return now < certificate.notBefore ? CertificatePart::tr("Not yet valid")
                                       : CertificatePart::tr("Within its time");
}

void addRows(std::vector<CellRow>& rows, const inspect::CertificateFacts& certificate, Instant now)
{
    const bool isOver = now > certificate.notAfter;
    const bool isEarly = now < certificate.notBefore;
    rows.push_back(
        rowOf(rows.empty() ? CertificatePart::tr("Certificate of") : CertificatePart::tr("Its issuer"),
              shown(certificate.subject, 400)));
    rows.push_back(rowOf(CertificatePart::tr("Issued by"), certificate.issuer == certificate.subject
                                                               ? CertificatePart::tr("itself")
                                                               : shown(certificate.issuer, 400)));
    if (const QString names = namesOf(certificate); !names.isEmpty())
        rows.push_back(rowOf(CertificatePart::tr("Names"), names));
    rows.push_back(rowOf(CertificatePart::tr("Not before"), shown(formatFull(certificate.notBefore, now)),
                         isEarly ? Role::Bad : Role::Text));
    rows.push_back(rowOf(CertificatePart::tr("Not after"), shown(formatFull(certificate.notAfter, now)),
                         isOver ? Role::Bad : Role::Text));
    rows.push_back(rowOf(CertificatePart::tr("State"), stateWord(certificate, now),
                         isOver || isEarly ? Role::Bad : Role::Ok));
    if (certificate.isWeaklySigned)
        rows.push_back(
            rowOf(CertificatePart::tr("Weak"), CertificatePart::tr("Signed with MD5 or SHA-1"), Role::Warn));
}

} // namespace

CertificatePart::CertificatePart(QWidget* parent)
    : QWidget(parent),
      m_table(new CellTable(QStringLiteral("keyCertificate"), tr("Certificate of the key"),
                            {QString(), QString()}, {nameWidth}))
{
    m_table->setWrapped(1);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(space::inset, 0, space::inset, 0);
    head->setSpacing(space::small);
    head->addWidget(sectionTitle(tr("Certificate")));
    head->addWidget(captionLabel(tr("as it says itself: nobody has checked who signed it")), 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, space::small, 0, 0);
    column->setSpacing(space::tiny);
    column->addLayout(head);
    column->addWidget(m_table);
    hide();
}

void CertificatePart::showChain(const std::vector<inspect::CertificateFacts>& chain, Instant now)
{
    std::vector<CellRow> rows;
    for (std::size_t index = 0; index < std::min(chain.size(), mostShown); ++index)
        addRows(rows, chain[index], now);
    m_table->setRows(std::move(rows));
    setVisible(!chain.empty());
}

} // namespace claimcheck::ui
