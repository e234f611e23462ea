// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A decoded part of a token as text: indented JSON in colours, or the bytes as far as they go. Read only.

#pragma once

#include <QtWidgets/qplaintextedit.h>

#include <jose/jws.h>
#include <theme/theme.h>
#include <token/jsoncolours.h>

namespace claimcheck::ui {

class JsonView : public QPlainTextEdit
{
    Q_OBJECT
public:
    /// `names` is the role of member names: that of the token's part.
    JsonView(const QString& objectName, const QString& accessibleName, Role names);

    void showText(const QString& whole);
    /// As tall as its lines, at most so many of them.
    void setMostLines(int most);
    /// Selects the line of a member; does nothing where there is none of that name.
    void reveal(const QString& name);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void fitHeight();

    int m_mostLines = 10;
    JsonColours* m_colours;
};

/// The text of a part: pretty JSON, or its bytes made visible.
QString partText(const std::optional<json::Document>& json, const std::string& bytes);

} // namespace claimcheck::ui
