// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The URL line: every {{variable}} stands on a pill, in another colour where no scope knows its name.

#pragma once

#include <vector>

#include <QtWidgets/qlineedit.h>

#include <state/urlvariables.h>

namespace claimcheck::ui {

class UrlEdit : public QLineEdit
{
    Q_OBJECT
public:
    explicit UrlEdit(QWidget* parent = nullptr);

    void setScopes(const std::vector<variables::Scope>& nearestFirst);
    const std::vector<UrlVariable>& pills() const { return m_pills; }

Q_SIGNALS:
    /// A cURL command line was pasted: the field stays as it is.
    void commandPasted(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    bool takeCommand();
    void findPills();
    void colourText();
    qreal xOf(int position) const;

    std::vector<variables::Scope> m_scopes;
    std::vector<UrlVariable> m_pills;
};

} // namespace claimcheck::ui
