// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of the access matrix: the request always in sight, each identity as wide as what stands there,
// and what is left goes to the requests.

#pragma once

#include <theme/frozentable.h>

namespace claimcheck::ui {

class AccessView : public FrozenTable
{
    Q_OBJECT
public:
    explicit AccessView(QWidget* parent = nullptr);

    /// Shares the room out. Where somebody made a column wider or narrower all keep their widths, until there
    /// is another number of them.
    void fit();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    int wantedFor(int column) const;

    bool m_isFitting = false;
    bool m_isWidened = false; ///< by whoever sits in front of it
    int m_columns = 0;        ///< when it was last fitted
};

} // namespace claimcheck::ui
