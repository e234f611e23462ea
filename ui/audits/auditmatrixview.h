// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of attacks and routes: the attack always in sight, the routes as wide as there is room for, what
// an attack does where there is room left for it.

#pragma once

#include <QtCore/qabstractitemmodel.h>

#include <theme/frozentable.h>

namespace claimcheck::ui {

class AuditMatrixView : public FrozenTable
{
    Q_OBJECT
public:
    explicit AuditMatrixView(QWidget* parent = nullptr);

    void setModel(QAbstractItemModel* model) override;
    /// Shares the room out. A route that somebody made wider or narrower keeps its width, and so do the
    /// others then, until there are other routes.
    void fit();
    /// Chooses it. The table begins with a whole row: with the first, where this one can be seen with it. So
    /// it stays as the table gets higher or lower, until somebody scrolls or chooses something else.
    void chooseFromTop(const QModelIndex& index);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void keepChosen();

    QPersistentModelIndex m_chosen; ///< by chooseFromTop()
    bool m_isFitting = false;
    bool m_isWidened = false; ///< by whoever sits in front of it
    int m_columns = 0;        ///< when it was last fitted
};

} // namespace claimcheck::ui
