// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The encoded token: a monospaced box that wraps anywhere, colours header, payload and signature, and marks
// the places where a token is broken. What is pasted is unwrapped first ("Bearer ", a Cookie line, a log).

#pragma once

#include <string>
#include <vector>

#include <QtWidgets/qplaintextedit.h>

#include <base/latestjob.h>
#include <jose/jws.h>

namespace claimcheck::ui {

class TokenEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit TokenEdit(QWidget* parent = nullptr);

    /// Replaces the text by the token in `text`, at once or, where the text is large, as soon as the token is
    /// found; the change can be undone.
    void setToken(const QString& text);
    /// The text as it stands there, without the line ends that only serve the display of a very long token.
    std::string token() const;
    /// Colours the parts and marks the defects.
    void showParts(const jose::Jws& token, const std::vector<jose::Defect>& defects);
    /// Puts one of the tokens that were found in the place of what is shown.
    void choose(const QString& token);
    /// Puts the cursor at a byte of the token …
    void goTo(std::size_t offset);
    /// … or selects it and leaves the focus where it is.
    void reveal(std::size_t offset);

Q_SIGNALS:
    /// Only when the characters changed, not their colours.
    void edited();
    /// A text with one token in it was pasted: what it says around the token is not shown. Before edited().
    void pasted(const QString& text, const QString& token);
    /// A large text was pasted, and the token in it is being looked for …
    void searching();
    /// … and was found.
    void searched();
    /// All that there are in what was pasted; the first of them is shown.
    void found(const QStringList& tokens);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    QMimeData* createMimeDataFromSelection() const override;
    void changeEvent(QEvent* event) override;

private:
    void noticeChange();
    void replaceAll(const QString& token);
    void fitHeight();
    int positionOf(std::size_t offset) const;
    QTextEdit::ExtraSelection selection(std::size_t offset, std::size_t length) const;

    LatestJob<QStringList> m_search;
    QString m_last;
    jose::Jws m_shown;
    std::vector<jose::Defect> m_defects;
};

/// The tokens in whatever was pasted (at most 100): unwrapped; else those that are found in it; else the text
/// itself. Never empty.
QStringList tokensIn(const QString& pasted);

} // namespace claimcheck::ui
