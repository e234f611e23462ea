// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/banner.h>

#include <QtCore/qcoreevent.h>
#include <QtGui/qpainter.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlabel.h>

#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

struct Look
{
    const char* kind; ///< in the style sheet
    Role text;
    Role fill;
    QLatin1String icon;
};

Look lookOf(Tone tone)
{
    switch (tone) {
    case Tone::Ok:
        return {"ok", Role::Ok, Role::OkFill, QLatin1String("check")};
    case Tone::Warn:
        return {"warn", Role::Warn, Role::WarnFill, QLatin1String("warning")};
    case Tone::Bad:
        return {"bad", Role::Bad, Role::BadFill, QLatin1String("cross")};
    case Tone::Info:
        return {"info", Role::Info, Role::InfoFill, QLatin1String("info")};
    case Tone::Neutral:
        break;
    }
    return {"text", Role::Text, Role::Raised, QLatin1String("info")};
}

} // namespace

Banner::Banner(QWidget* parent)
    : QFrame(parent),
      m_icon(new QLabel),
      m_word(sectionTitle({})),
      m_sentence(plainLabel()),
      m_figure(plainLabel()),
      m_words(new QHBoxLayout)
{
    m_figure->setFont(monoFont());
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::medium, space::small, space::medium, space::small);
    row->setSpacing(space::small);
    m_words->setSpacing(space::medium);
    m_words->addWidget(m_word);
    m_words->addWidget(m_sentence, 1);
    row->addWidget(m_icon);
    row->addLayout(m_words, 1);
    row->addWidget(m_figure);
    setMinimumHeight(36);
    say(Tone::Neutral, {}, {});
}

void Banner::say(Tone tone, const QString& word, const QString& sentence)
{
    m_tone = tone;
    m_word->setText(word);
    m_sentence->setText(sentence);
    setAccessibleName(word);
    setAccessibleDescription(sentence);
    colourLabels();
}

void Banner::setStacked(bool stacked)
{
    m_words->setDirection(stacked ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_words->setSpacing(stacked ? space::tiny / 2 : space::medium);
    m_icon->setAlignment(stacked ? Qt::AlignTop : Qt::AlignVCenter);
}

void Banner::setFigure(const QString& figure)
{
    m_figure->setText(figure);
    m_figure->setVisible(!figure.isEmpty());
}

QString Banner::word() const
{
    return m_word->text();
}

QString Banner::sentence() const
{
    return m_sentence->text();
}

QString Banner::figure() const
{
    return m_figure->text();
}

void Banner::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour(lookOf(m_tone).fill));
    painter.drawRoundedRect(rect(), space::panel, space::panel);
}

void Banner::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colourLabels();
}

/// A palette of the labels' own would lose against the program's style sheet when the theme changes: what
/// kind of label it is says the colour, and the sheet renews it.
void Banner::colourLabels()
{
    const Look look = lookOf(m_tone);
    m_icon->setPixmap(icon(look.icon, look.text).pixmap(QSize(16, 16), devicePixelRatioF()));
    for (QLabel* label : {m_word, m_sentence, m_figure})
        if (label->property("kind").toString() != QLatin1String(look.kind))
            setKind(label, look.kind);
    update();
}

} // namespace claimcheck::ui
