/**
 * The words beside an icon of the sidebar: plain text when it is unfolded, a label that appears beside the icon on
 * hover and focus when it is a rail. The element around it has the class `group/row`.
 */
export const railLabelStyle =
  "pointer-events-none absolute text-left left-full z-50 ml-2 rounded-md border border-line-2 bg-raised px-2 py-1 text-sm whitespace-nowrap text-fg opacity-0 shadow-2 group-hover/row:opacity-100 group-focus-visible/row:opacity-100 full:static full:ml-0 full:min-w-0 full:flex-1 full:truncate full:rounded-none full:border-0 full:bg-transparent full:p-0 full:text-base full:text-inherit full:opacity-100 full:shadow-none";
