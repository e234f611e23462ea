// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/urlbar.h>

#include <QtCore/qcoreevent.h>
#include <QtGui/qpainter.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qpushbutton.h>

#include <base/text.h>
#include <request/urledit.h>
#include <state/plaintip.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int leastMethodWidth = 60;
constexpr int mostMethodWidth = 120;
constexpr int leastSendWidth = 72;
constexpr int barMargin = 3;
constexpr int mostSentAsWidth = 140;
constexpr int leastSentAsLetters = 8; ///< of a longer name: with less it tells nobody from anybody
constexpr int leastUrlWidth = 120;
constexpr int aroundText = 36; ///< padding and the mark that opens the list

QFont methodFont()
{
    QFont font = monoFont();
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

UrlBar::UrlBar(QWidget* parent)
    : QFrame(parent),
      m_method(makeMethod()),
      m_url(new UrlEdit),
      m_sentAs(makeSentAs()),
      m_send(primaryButton(tr("Send"), QStringLiteral("send")))
{
    keepSendWhole();
    m_url->setMinimumWidth(leastUrlWidth);
    m_send->setToolTip(tr("Ctrl+Return"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(barMargin, barMargin, barMargin, barMargin);
    row->setSpacing(0);
    row->addWidget(m_method);
    row->addWidget(m_url, 1);
    row->addWidget(m_sentAs);
    row->addWidget(m_send);
    setFixedHeight(36);
    m_url->installEventFilter(this);
    connect(m_send, &QPushButton::clicked, this, [this] {
        if (m_busy)
            Q_EMIT cancelClicked();
        else
            Q_EMIT sendClicked();
    });
    colourMethod();
}

ChevronBox* UrlBar::makeMethod()
{
    auto* combo = new ChevronBox;
    combo->setFont(methodFont());
    setKind(combo, "bare");
    setNames(combo, QStringLiteral("requestMethod"), tr("Method"));
    combo->setEditable(true);
    combo->setInsertPolicy(QComboBox::NoInsert);
    for (const char* method : {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
        combo->addItem(QString::fromLatin1(method));
    combo->lineEdit()->setFont(methodFont());
    setKind(combo->lineEdit(), "bare");
    setNames(combo->lineEdit(), QStringLiteral("requestMethodText"), tr("Method"));
    combo->setCompleter(nullptr);
    connect(combo, &QComboBox::editTextChanged, this, [this](const QString& method) {
        colourMethod();
        Q_EMIT methodEdited(method);
    });
    return combo;
}

ChevronBox* UrlBar::makeSentAs()
{
    auto* combo = new ChevronBox;
    setKind(combo, "bare");
    setNames(combo, QStringLiteral("sentAs"), tr("Sent as"));
    combo->setToolTip(tr("Sent as"));
    combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    combo->hide();
    connect(combo, &QComboBox::activated, this,
            [this, combo](int index) { Q_EMIT identityChosen(combo->itemData(index).toString()); });
    return combo;
}

void UrlBar::setSentAs(const SentAs& sentAs)
{
    m_sentAs->clear();
    for (const std::string& choice : choicesOf(sentAs))
        m_sentAs->addItem(choiceWords(sentAs, choice), toQString(choice));
    m_sentAs->setCurrentIndex(m_sentAs->findData(toQString(sentAs.chosen)));
    m_sentAs->setVisible(m_sentAs->count() > 0);
    const QString words = tr("This request is sent as %1").arg(m_sentAs->currentText());
    m_sentAs->setAccessibleName(tr("Sent as %1").arg(m_sentAs->currentText()));
    m_sentAs->setAccessibleDescription(words);
    m_sentAs->setToolTip(plainTip(words));
    fitSentAs();
}

/// The URL, which stretches, gives way to its least width first; then the layout takes from the name, which
/// is elided. No fixed width, which is one that the pane cannot become narrower than.
void UrlBar::fitSentAs()
{
    m_sentAs->ensurePolished();
    const QFontMetrics metrics = m_sentAs->fontMetrics();
    const int name = qMin(metrics.horizontalAdvance(m_sentAs->currentText()),
                          leastSentAsLetters * metrics.averageCharWidth());
    const int least = qMin(name + aroundText, mostSentAsWidth);
    m_sentAs->setMinimumWidth(least);
    m_sentAs->setMaximumWidth(qBound(least, m_sentAs->sizeHint().width(), mostSentAsWidth));
}

QString UrlBar::method() const
{
    return m_method->currentText();
}

void UrlBar::setMethod(const QString& method)
{
    if (m_method->currentText() != method)
        m_method->setCurrentText(method);
    colourMethod();
}

void UrlBar::colourMethod()
{
    m_method->setTextColour(colour(methodRole(m_method->currentText())));
    const int text = QFontMetrics(methodFont()).horizontalAdvance(m_method->currentText());
    m_method->setFixedWidth(qBound(leastMethodWidth, text + aroundText, mostMethodWidth));
    update();
}

void UrlBar::setBusy(bool busy)
{
    m_busy = busy;
    m_send->setText(busy ? tr("Cancel") : tr("Send"));
    m_send->setToolTip(busy ? tr("Escape") : tr("Ctrl+Return"));
    setKind(m_send, busy ? "" : "primary");
    keepSendWhole();
}

/// With a least width of its own the layout would take from it as from the name beside it.
void UrlBar::keepSendWhole()
{
    m_send->setMinimumWidth(qMax(leastSendWidth, m_send->sizeHint().width()));
}

void UrlBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_send != nullptr)
        colourMethod();
}

bool UrlBar::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    return QFrame::eventFilter(watched, event);
}

void UrlBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool focused = m_url->hasFocus() || m_method->hasFocus() || m_method->lineEdit()->hasFocus();
    painter.setPen(colour(focused ? Role::Accent : Role::Line));
    painter.setBrush(colour(Role::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), space::panel, space::panel);
    const qreal thin = 1 / devicePixelRatioF();
    painter.fillRect(
        QRectF(m_method->geometry().right() + 1, space::small, thin, height() - 2 * space::small),
        colour(Role::Line));
}

} // namespace claimcheck::ui
