// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small widgets that several panes share. Labels show plain text only: what comes from tokens, servers
// and files is never taken for markup.

#pragma once

#include <QtWidgets/qframe.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qtoolbutton.h>

#include <initializer_list>

#include <theme/theme.h>

class QHBoxLayout;
class QPlainTextEdit;
class QTableView;

namespace claimcheck::ui {

/// Sets the "kind" that the style sheet knows ("primary", "link", "menu", "bare", "raised", "surface",
/// "card", "muted", "caption", "ok", "warn", "bad", "info", "chip", "badChip", "warnChip", "infoChip") and
/// renews the widget's style.
void setKind(QWidget* widget, const char* kind);

/// Object name (for tests) and accessible name (for screen readers) in one go.
void setNames(QWidget* widget, const QString& objectName, const QString& accessibleName);

QLabel* plainLabel(const QString& text = {});
QLabel* mutedLabel(const QString& text = {});
QLabel* captionLabel(const QString& text = {});
/// It wraps, and never asks for width: a word that is longer than the line is cut at its end rather than push
/// what stands beside it out of reach.
QLabel* wrapped(QLabel* label);
/// "Headers": demi-bold, the head of a part of a pane.
QLabel* sectionTitle(const QString& text);
QLabel* pageTitle(const QString& text);

/// For the text of a button or an action, where "&" would mark its key.
QString asLabel(QString text);

QPushButton* pushButton(const QString& text, const QString& objectName);
QPushButton* primaryButton(const QString& text, const QString& objectName);
QPushButton* linkButton(const QString& text, const QString& objectName);
/// "› More": a link that shows more while it is checked, and says "Less" then.
QPushButton* moreButton(const QString& objectName);
/// An icon alone, 28 × 28; `what` is tooltip and accessible name.
QToolButton* flatButton(const QString& iconName, const QString& what, const QString& objectName);

/// The text of a framed box of several lines begins where that of a field of one line does. For a box that is
/// new: Qt takes a margin for a change of the text, with a signal and a step to undo.
void insetText(QPlainTextEdit* box);

/// A line of one physical pixel at any scale.
class Hairline : public QWidget
{
    Q_OBJECT
public:
    explicit Hairline(Qt::Orientation orientation, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Qt::Orientation m_orientation;
};

/// The first line of a pane, with its layout: as high as a bar of tabs that stands beside it, and its words
/// in line with theirs.
void setUpHead(QWidget* head);

/// A line that fills `part`, without a margin: what is added to it stands side by side.
QHBoxLayout* lineIn(QWidget* part);
/// One beside the other, from the left, without a margin.
QHBoxLayout* leftLine(std::initializer_list<QWidget*> widgets);

/// Rows of 28 px with hairlines between, no grid, whole rows selected, keyboard reachable; the last column
/// takes the rest. Texts begin `inset` pixels behind their column's edge.
void setUpTable(QTableView* table, int inset = space::inset);

/// The dot that says "not saved", wherever something is: at the right end of `rect`, in the accent colour.
/// Who draws it says it in words, too.
inline constexpr int unsavedMark = 8; ///< px across
void drawUnsavedMark(QPainter* painter, const QRect& rect);

/// Paints the line of one physical pixel under `rect`; for delegates and own widgets.
void drawHairline(QPainter* painter, const QRect& rect);

} // namespace claimcheck::ui
