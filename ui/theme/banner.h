// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A coloured strip that says how something ended: an icon, a word, a sentence, and at the right a figure
// (a countdown, say). The colour never stands alone.

#pragma once

#include <QtWidgets/qframe.h>

class QBoxLayout;
class QLabel;

namespace claimcheck::ui {

enum class Tone
{
    Neutral,
    Ok,
    Warn,
    Bad,
    Info
};

class Banner : public QFrame
{
    Q_OBJECT
public:
    explicit Banner(QWidget* parent = nullptr);

    void say(Tone tone, const QString& word, const QString& sentence);
    /// Empty: nothing at the right.
    void setFigure(const QString& figure);
    /// The sentence under the word: for narrow places.
    void setStacked(bool stacked);

    Tone tone() const { return m_tone; }
    QString word() const;
    QString sentence() const;
    QString figure() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void colourLabels();

    Tone m_tone = Tone::Neutral;
    QLabel* m_icon;
    QLabel* m_word;
    QLabel* m_sentence;
    QLabel* m_figure;
    QBoxLayout* m_words; ///< word and sentence
};

} // namespace claimcheck::ui
