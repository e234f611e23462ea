// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of an attack's variants. Result, status and reason are there at every width: what a variant is
// called is cut first, and where not even that is enough the others are scrolled past the result.

#pragma once

#include <theme/frozentable.h>

namespace claimcheck::ui {

class VariantsView : public FrozenTable
{
    Q_OBJECT
public:
    explicit VariantsView(QWidget* parent = nullptr);

    /// Shares the room out among the columns, by what stands in them.
    void fit();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    int wantedFor(int column) const;
};

} // namespace claimcheck::ui
