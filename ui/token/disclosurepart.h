// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the holder of an SD-JWT shows (RFC 9901): each disclosure with its place, value and digest, what is
// wrong with them, and the holder's own proof.

#pragma once

#include <QtWidgets/qwidget.h>

#include <base/time.h>
#include <inspect/inspection.h>
#include <token/celltable.h>

class QLabel;

namespace claimcheck::ui {

class DisclosurePart : public QWidget
{
    Q_OBJECT
public:
    explicit DisclosurePart(QWidget* parent = nullptr);

    void show(const jose::SdJwt& sd, Instant now);

private:
    void showProof(const std::optional<jose::Jws>& proof, Instant now);

    QLabel* m_summary;
    QLabel* m_faults;
    CellTable* m_disclosures;
    QWidget* m_proofTitle;
    CellTable* m_proof;
};

} // namespace claimcheck::ui
