// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the certificates of a key say of themselves: whose they are, who issued them, from when to when.
// Nobody has checked who signed them, and the part says so.

#pragma once

#include <vector>

#include <QtWidgets/qwidget.h>

#include <inspect/certificate.h>

namespace claimcheck::ui {

class CellTable;

class CertificatePart : public QWidget
{
    Q_OBJECT
public:
    explicit CertificatePart(QWidget* parent = nullptr);

    /// Hidden where there are none.
    void showChain(const std::vector<inspect::CertificateFacts>& chain, Instant now);

private:
    CellTable* m_table;
};

} // namespace claimcheck::ui
