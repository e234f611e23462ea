// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The layers of a token that is encrypted or holds another one, outermost first, and the recipients or
// signatures of one in the general form: each with what became of it.

#pragma once

#include <QtWidgets/qwidget.h>

#include <inspect/inspection.h>
#include <token/celltable.h>

class QLabel;

namespace claimcheck::ui {

class LayerPart : public QWidget
{
    Q_OBJECT
public:
    explicit LayerPart(QWidget* parent = nullptr);

    /// Hides itself where there is nothing of that kind.
    void show(const inspect::Inspection& inspection);

private:
    QWidget* m_layersTitle;
    CellTable* m_layers;
    QWidget* m_recipientsTitle;
    CellTable* m_recipients;
    QWidget* m_signaturesTitle;
    CellTable* m_signatures;
};

} // namespace claimcheck::ui
