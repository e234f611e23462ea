// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/widgets.h>

#include <QtCore/qcoreapplication.h>
#include <QtGui/qpainter.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qstyle.h>
#include <QtWidgets/qtableview.h>

#include <theme/lineddelegate.h>
#include <theme/theme.h>

namespace claimcheck::ui {
namespace {

QLabel* label(const QString& text, const QFont& font, const char* kind)
{
    auto* result = new QLabel(text);
    result->setTextFormat(Qt::PlainText);
    result->setFont(font);
    if (kind != nullptr)
        setKind(result, kind);
    return result;
}

} // namespace

void setKind(QWidget* widget, const char* kind)
{
    widget->setProperty("kind", QLatin1String(kind));
    widget->setAttribute(Qt::WA_StyledBackground);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

void setNames(QWidget* widget, const QString& objectName, const QString& accessibleName)
{
    widget->setObjectName(objectName);
    widget->setAccessibleName(accessibleName);
}

QLabel* plainLabel(const QString& text)
{
    return label(text, uiFont(), nullptr);
}

QLabel* mutedLabel(const QString& text)
{
    return label(text, uiFont(), "muted");
}

QLabel* captionLabel(const QString& text)
{
    return label(text, captionFont(), "caption");
}

QLabel* wrapped(QLabel* label)
{
    label->setWordWrap(true);
    QSizePolicy policy = label->sizePolicy(); // says by now that height depends on width
    policy.setHorizontalPolicy(QSizePolicy::Ignored);
    label->setSizePolicy(policy);
    return label;
}

QLabel* sectionTitle(const QString& text)
{
    return label(text, boldFont(), nullptr);
}

QLabel* pageTitle(const QString& text)
{
    return label(text, titleFont(), nullptr);
}

void setUpHead(QWidget* head)
{
    constexpr int underline = 2; // of the bar's chosen tab
    QMargins margins = head->layout()->contentsMargins();
    margins.setTop(0);
    margins.setBottom(underline);
    head->layout()->setContentsMargins(margins);
    head->setFixedHeight(space::tabs);
}

QHBoxLayout* lineIn(QWidget* part)
{
    auto* line = new QHBoxLayout(part);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::small);
    return line;
}

QHBoxLayout* leftLine(std::initializer_list<QWidget*> widgets)
{
    QHBoxLayout* line = lineIn(nullptr);
    for (QWidget* widget : widgets)
        line->addWidget(widget);
    line->addStretch(1);
    return line;
}

QString asLabel(QString text)
{
    return text.replace(u'&', QStringLiteral("&&"));
}

QPushButton* pushButton(const QString& text, const QString& objectName)
{
    auto* button = new QPushButton(text);
    button->setObjectName(objectName);
    button->setAutoDefault(true); // Return presses what has the focus, in the window too
    return button;
}

QPushButton* primaryButton(const QString& text, const QString& objectName)
{
    QPushButton* button = pushButton(text, objectName);
    button->setFont(boldFont());
    setKind(button, "primary");
    return button;
}

QPushButton* linkButton(const QString& text, const QString& objectName)
{
    QPushButton* button = pushButton(text, objectName);
    button->setCursor(Qt::PointingHandCursor);
    setKind(button, "link");
    return button;
}

QPushButton* moreButton(const QString& objectName)
{
    QPushButton* button = linkButton({}, objectName);
    button->setCheckable(true);
    const auto say = [button](bool isOpen) {
        button->setText(isOpen ? QCoreApplication::translate("claimcheck::ui::MoreButton", "Less")
                               : QCoreApplication::translate("claimcheck::ui::MoreButton", "More"));
        const QString mark = isOpen ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right");
        button->setIcon(icon(mark, Role::Accent));
    };
    say(false);
    QObject::connect(button, &QPushButton::toggled, button, say);
    return button;
}

void insetText(QPlainTextEdit* box)
{
    box->document()->setDocumentMargin(space::field);
}

QToolButton* flatButton(const QString& iconName, const QString& what, const QString& objectName)
{
    auto* button = new QToolButton;
    button->setIcon(icon(iconName));
    button->setIconSize(QSize(16, 16));
    button->setFixedSize(space::row, space::row);
    button->setToolTip(what);
    button->setFocusPolicy(Qt::TabFocus);
    setNames(button, objectName, what);
    return button;
}

Hairline::Hairline(Qt::Orientation orientation, QWidget* parent) : QWidget(parent), m_orientation(orientation)
{
    if (orientation == Qt::Horizontal)
        setFixedHeight(1);
    else
        setFixedWidth(1);
}

void Hairline::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_orientation == Qt::Horizontal)
        drawHairline(&painter, rect());
    else
        painter.fillRect(QRectF(0, 0, 1 / devicePixelRatioF(), height()), colour(Role::Line));
}

void drawHairline(QPainter* painter, const QRect& rect)
{
    const qreal thickness = 1 / painter->device()->devicePixelRatioF();
    painter->fillRect(QRectF(rect.left(), rect.bottom() + 1 - thickness, rect.width(), thickness),
                      colour(Role::Line));
}

void drawUnsavedMark(QPainter* painter, const QRect& rect)
{
    QRect dot(0, 0, unsavedMark, unsavedMark);
    dot.moveCenter(rect.center());
    dot.moveRight(rect.right());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colour(Role::Accent));
    painter->drawEllipse(dot);
    painter->restore();
}

void setUpTable(QTableView* table, int inset)
{
    table->setItemDelegate(new LinedDelegate(inset, table));
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(space::row);
    table->verticalHeader()->setMinimumSectionSize(space::row);
    QHeaderView* header = table->horizontalHeader();
    header->setStretchLastSection(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setFixedHeight(space::row);
}

} // namespace claimcheck::ui
